using System.Collections.Frozen;

namespace Canonbury.Translate.Codes;

/// <summary>
/// HL7 table 0074 (OBR-24, the section of a diagnostic service) as <c>DiagnosticReport.category</c>, and what it says of its observations.
/// </summary>
public static class DiagnosticSections
{
    public const string System = "http://terminology.hl7.org/CodeSystem/v2-0074";

    private static readonly FrozenDictionary<string, (string Display, string Category)> Rows = new Dictionary<string, (string, string)>
    {
        ["AU"] = ("Audiology", "exam"),
        ["BG"] = ("Blood Gases", "laboratory"),
        ["BLB"] = ("Blood Bank", "laboratory"),
        ["CG"] = ("Cytogenetics", "laboratory"),
        ["CUS"] = ("Cardiac Ultrasound", "imaging"),
        ["CTH"] = ("Cardiac Catheterization", "procedure"),
        ["CT"] = ("CAT Scan", "imaging"),
        ["CH"] = ("Chemistry", "laboratory"),
        ["CP"] = ("Cytopathology", "laboratory"),
        ["EC"] = ("Electrocardiac", "procedure"),
        ["EN"] = ("Electroneuro", "procedure"),
        ["GE"] = ("Genetics", "laboratory"),
        ["HM"] = ("Hematology", "laboratory"),
        ["ICU"] = ("Bedside ICU Monitoring", "vital-signs"),
        ["IMM"] = ("Immunology", "laboratory"),
        ["LAB"] = ("Laboratory", "laboratory"),
        ["MB"] = ("Microbiology", "laboratory"),
        ["MCB"] = ("Mycobacteriology", "laboratory"),
        ["MYC"] = ("Mycology", "laboratory"),
        ["NMS"] = ("Nuclear Medicine Scan", "imaging"),
        ["NMR"] = ("Nuclear Magnetic Resonance", "imaging"),
        ["NRS"] = ("Nursing Service Measures", "exam"),
        ["OUS"] = ("OB Ultrasound", "imaging"),
        ["OT"] = ("Occupational Therapy", "therapy"),
        ["OTH"] = ("Other", ""),
        ["OSL"] = ("Outside Lab", "laboratory"),
        ["PHR"] = ("Pharmacy", ""),
        ["PT"] = ("Physical Therapy", "therapy"),
        ["PHY"] = ("Physician (Hx. Dx, admission note, etc.)", "exam"),
        ["PF"] = ("Pulmonary Function", "procedure"),
        ["RAD"] = ("Radiology", "imaging"),
        ["RX"] = ("Radiograph", "imaging"),
        ["RUS"] = ("Radiology Ultrasound", "imaging"),
        ["RC"] = ("Respiratory Care (therapy)", "therapy"),
        ["RT"] = ("Radiation Therapy", "therapy"),
        ["SR"] = ("Serology", "laboratory"),
        ["SP"] = ("Surgical Pathology", "laboratory"),
        ["TX"] = ("Toxicology", "laboratory"),
        ["VUS"] = ("Vascular Ultrasound", "imaging"),
        ["VR"] = ("Virology", "laboratory"),
        ["XRC"] = ("Cineradiograph", "imaging"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The display of a section and the observation category it implies (empty where it implies none), or null for an unknown code.
    /// </summary>
    public static (string Display, string Category)? Of(string code) =>
        Rows.TryGetValue(code, out (string, string) row) ? row : null;
}
