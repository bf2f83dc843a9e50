using System.Collections.Frozen;
using Canonbury.Fhir.Ids;

namespace Canonbury.Translate.Codes;

/// <summary>Turns the name of a coding system as HL7 v2 writes it (table 0396, an OID, a local name) into a FHIR system.</summary>
public static class CodingSystems
{
    public const string Snomed = "http://snomed.info/sct";

    public const string Loinc = "http://loinc.org";

    // HL7 table 0396 and the OIDs that FHIR registers (R4, terminologies-systems.html); the UK's names are added where systems write them.
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["LN"] = Loinc,
        ["LOINC"] = Loinc,
        ["2.16.840.1.113883.6.1"] = Loinc,
        ["SCT"] = Snomed,
        ["SNOMED"] = Snomed,
        ["SNOMED-CT"] = Snomed,
        ["SNOMED CT"] = Snomed,
        ["SNOMEDCT"] = Snomed,
        ["SCTUK"] = Snomed,
        ["2.16.840.1.113883.6.96"] = Snomed,
        ["UCUM"] = Units.System,
        ["2.16.840.1.113883.6.8"] = Units.System,
        ["I10"] = "http://hl7.org/fhir/sid/icd-10",
        ["ICD10"] = "http://hl7.org/fhir/sid/icd-10",
        ["ICD-10"] = "http://hl7.org/fhir/sid/icd-10",
        ["2.16.840.1.113883.6.3"] = "http://hl7.org/fhir/sid/icd-10",
        ["I10C"] = "http://hl7.org/fhir/sid/icd-10-cm",
        ["I9"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["I9C"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["ICD9"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["READ"] = "http://read.info/readv2",
        ["READ2"] = "http://read.info/readv2",
        ["READV2"] = "http://read.info/readv2",
        ["RCTV3"] = "http://read.info/ctv3",
        ["CTV3"] = "http://read.info/ctv3",
        ["READV3"] = "http://read.info/ctv3",
        ["DMD"] = "https://dmd.nhs.uk",
        ["DM+D"] = "https://dmd.nhs.uk",
        ["CVX"] = "http://hl7.org/fhir/sid/cvx",
        ["MVX"] = "http://hl7.org/fhir/sid/mvx",
        ["NDC"] = "http://hl7.org/fhir/sid/ndc",
        ["RXNORM"] = "http://www.nlm.nih.gov/research/umls/rxnorm",
        ["ATC"] = "http://www.whocc.no/atc",
        ["WC"] = "http://www.whocc.no/atc",
        ["C4"] = "http://www.ama-assn.org/go/cpt",
        ["CPT"] = "http://www.ama-assn.org/go/cpt",
        ["MDC"] = "urn:iso:std:iso:11073:10101",
        ["DCM"] = "http://dicom.nema.org/resources/ontology/DCM",
        ["ISO3166"] = "urn:iso:std:iso:3166",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The system for <paramref name="name"/> as <paramref name="source"/> uses it. A name that nobody registered stays the source's own:
    /// two sources' local codes never meet. An empty name is no system (null).
    /// </summary>
    public static string? Of(SourceId source, string? name)
    {
        string trimmed = name?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            return null;
        }

        if (Known.TryGetValue(trimmed, out string? known))
        {
            return known;
        }

        if (TableNumber(trimmed) is { } table)
        {
            return "http://terminology.hl7.org/CodeSystem/v2-" + table;
        }

        if (IsOid(trimmed))
        {
            return "urn:oid:" + trimmed;
        }

        return trimmed.StartsWith("http://", StringComparison.Ordinal) || trimmed.StartsWith("https://", StringComparison.Ordinal)
            || trimmed.StartsWith("urn:", StringComparison.Ordinal)
            ? trimmed.Replace(" ", "%20", StringComparison.Ordinal)
            : $"urn:canonbury:{source.Value}:codes:{Uri.EscapeDataString(trimmed)}";
    }

    /// <summary>HL70078 and HL7 0078 name an HL7 table.</summary>
    private static string? TableNumber(string name)
    {
        if (!name.StartsWith("HL7", StringComparison.OrdinalIgnoreCase) || name.Length < 7)
        {
            return null;
        }

        string digits = name[3..].Trim();
        return digits.Length == 4 && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    private static bool IsOid(string name)
    {
        bool dotted = false;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '.' && i > 0 && i < name.Length - 1 && name[i - 1] != '.')
            {
                dotted = true;
            }
            else if (!char.IsAsciiDigit(name[i]))
            {
                return false;
            }
        }

        return dotted && name[0] is '0' or '1' or '2' && name[1] == '.';
    }
}
