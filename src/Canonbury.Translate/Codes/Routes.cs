using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Codes;

/// <summary>
/// HL7 table 0162 (RXR-1, route of administration); the published map RouteOfAdministration moves six rows to the v3 codes.
/// </summary>
public static class Routes
{
    private const string V2 = "http://terminology.hl7.org/CodeSystem/v2-0162";

    private const string V3 = "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration";

    private static readonly FrozenDictionary<string, (string, string, string)> Rows = new Dictionary<string, (string, string, string)>
    {
        ["AP"] = (V2, "AP", "Apply Externally"),
        ["B"] = (V2, "B", "Buccal"),
        ["DT"] = (V2, "DT", "Dental"),
        ["EP"] = (V2, "EP", "Epidural"),
        ["ET"] = (V2, "ET", "Endotrachial Tube"),
        ["GTT"] = (V2, "GTT", "Gastrostomy Tube"),
        ["GU"] = (V2, "GU", "GU Irrigant"),
        ["IA"] = (V2, "IA", "Intra-arterial"),
        ["IB"] = (V2, "IB", "Intrabursal"),
        ["IC"] = (V2, "IC", "Intracardiac"),
        ["ICV"] = (V2, "ICV", "Intracervical (uterus)"),
        ["ID"] = (V3, "IDINJ", "Injection, intradermal"),
        ["IH"] = (V2, "IH", "Inhalation"),
        ["IHA"] = (V2, "IHA", "Intrahepatic Artery"),
        ["IM"] = (V3, "IM", "Injection, intramuscular"),
        ["IMR"] = (V2, "IMR", "Immerse (Soak) Body Part"),
        ["IN"] = (V2, "IN", "Intranasal"),
        ["IO"] = (V2, "IO", "Intraocular"),
        ["IP"] = (V2, "IP", "Intraperitoneal"),
        ["IS"] = (V2, "IS", "Intrasynovial"),
        ["IT"] = (V2, "IT", "Intrathecal"),
        ["IU"] = (V2, "IU", "Intrauterine"),
        ["IV"] = (V3, "IVINJ", "Injection, intravenous"),
        ["MM"] = (V2, "MM", "Mucous Membrane"),
        ["MTH"] = (V2, "MTH", "Mouth/Throat"),
        ["NG"] = (V2, "NG", "Nasogastric"),
        ["NP"] = (V2, "NP", "Nasal Prongs"),
        ["NS"] = (V2, "NS", "Nasal"),
        ["NT"] = (V2, "NT", "Nasotrachial Tube"),
        ["OP"] = (V2, "OP", "Ophthalmic"),
        ["OT"] = (V2, "OT", "Otic"),
        ["OTH"] = (V2, "OTH", "Other/Miscellaneous"),
        ["PF"] = (V2, "PF", "Perfusion"),
        ["PO"] = (V3, "PO", "Swallow, oral"),
        ["PR"] = (V2, "PR", "Rectal"),
        ["RM"] = (V2, "RM", "Rebreather Mask"),
        ["SC"] = (V3, "SQ", "Injection, subcutaneous"),
        ["SD"] = (V2, "SD", "Soaked Dressing"),
        ["SL"] = (V2, "SL", "Sublingual"),
        ["TD"] = (V3, "TRNSDERM", "Transdermal"),
        ["TL"] = (V2, "TL", "Translingual"),
        ["TP"] = (V2, "TP", "Topical"),
        ["TRA"] = (V2, "TRA", "Tracheostomy"),
        ["UR"] = (V2, "UR", "Urethral"),
        ["VG"] = (V2, "VG", "Vaginal"),
        ["VM"] = (V2, "VM", "Ventimask"),
        ["WND"] = (V2, "WND", "Wound"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Coding? Of(string code) =>
        Rows.TryGetValue(code, out (string System, string Code, string Display) row) ? new Coding(row.System, row.Code, row.Display) : null;
}
