using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Codes;

/// <summary>The codes of TXA: type (table 0270), completion (0271), confidentiality (0272) and availability (0273).</summary>
public static class DocumentCodes
{
    public const string TypeSystem = "http://terminology.hl7.org/CodeSystem/v2-0270";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["AR"] = "Autopsy report",
        ["CD"] = "Cardiodiagnostics",
        ["CN"] = "Consultation",
        ["DI"] = "Diagnostic imaging",
        ["DS"] = "Discharge summary",
        ["ED"] = "Emergency department report",
        ["HP"] = "History and physical examination",
        ["OP"] = "Operative report",
        ["PC"] = "Psychiatric consultation",
        ["PH"] = "Psychiatric history and physical examination",
        ["PN"] = "Procedure note",
        ["PR"] = "Progress note",
        ["SP"] = "Surgical pathology",
        ["TS"] = "Transfer summary",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The display of a document type of table 0270, or null for one that is not in it.</summary>
    public static string? TypeDisplay(string code) => Types.GetValueOrDefault(code);

    /// <summary>
    /// Table 0271. Dictated, in progress, incomplete and awaiting authentication are not final yet; authenticated ones are (chapter 9,
    /// TXA-17).
    /// </summary>
    public static CompositionStatus? Completion(string code) => code switch
    {
        "DI" or "DO" or "IP" or "IN" or "PA" => CompositionStatus.Preliminary,
        "AU" or "LA" => CompositionStatus.Final,
        _ => null,
    };

    /// <summary>Table 0272 as a security label; the published map DocumentConfidentialityStatus keeps the v2 codes.</summary>
    public static Coding? Confidentiality(string code) => code switch
    {
        "V" => new Coding("http://terminology.hl7.org/CodeSystem/v2-0272", "V", "Very restricted"),
        "R" => new Coding("http://terminology.hl7.org/CodeSystem/v2-0272", "R", "Restricted"),
        "U" => new Coding("http://terminology.hl7.org/CodeSystem/v2-0272", "U", "Usual control"),
        _ => null,
    };

    /// <summary>
    /// Table 0273: deleted (CA) was never valid, obsolete (OB) has a successor, available and unavailable say where it is, not whether it
    /// counts.
    /// </summary>
    public static DocumentReferenceStatus Availability(string code) => code switch
    {
        "CA" => DocumentReferenceStatus.EnteredInError,
        "OB" => DocumentReferenceStatus.Superseded,
        _ => DocumentReferenceStatus.Current,
    };
}
