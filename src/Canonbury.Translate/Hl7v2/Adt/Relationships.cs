using System.Collections.Frozen;
using Canonbury.Translate.Hl7v2.Datatypes;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>How someone is related to the patient: HL7 tables 0063 and 0131 (maps Relationship and ContactRole).</summary>
internal static class Relationships
{
    private const string Role = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

    private static readonly FrozenDictionary<string, (string Code, string Display)> Roles = new Dictionary<string, (string, string)>
    {
        ["SEL"] = ("ONESELF", "self"),
        ["SPO"] = ("SPS", "spouse"),
        ["DOM"] = ("SIGOTHR", "significant other"),
        ["CHD"] = ("CHILD", "child"),
        ["GCH"] = ("GRNDCHILD", "grandchild"),
        ["NCH"] = ("NCHILD", "natural child"),
        ["SCH"] = ("STPCHLD", "step child"),
        ["FCH"] = ("CHLDFOST", "foster child"),
        ["PAR"] = ("PRN", "parent"),
        ["MTH"] = ("MTH", "mother"),
        ["FTH"] = ("FTH", "father"),
        ["GRP"] = ("GRPRN", "grandparent"),
        ["EXF"] = ("EXT", "extended family member"),
        ["SIB"] = ("SIB", "sibling"),
        ["BRO"] = ("BRO", "brother"),
        ["SIS"] = ("SIS", "sister"),
        ["FND"] = ("FRND", "unrelated friend"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (string Code, string Display)> ContactRoles = new Dictionary<string, (string, string)>
    {
        ["EMR"] = ("E", "Employer"),
        ["EMC"] = ("C", "Emergency Contact"),
        ["UNK"] = ("U", "Unknown"),
        ["OTH"] = ("O", "Other"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Puts FHIR's code before the code as sent, which stays.</summary>
    public static CodeableConcept WithFhirCode(CodeableConcept sent, string? code)
    {
        if (code is not null && Roles.TryGetValue(code, out (string Code, string Display) role))
        {
            sent.Coding.Insert(0, new Coding(Role, role.Code, role.Display));
        }
        else if (code is not null && ContactRoles.TryGetValue(code, out role))
        {
            sent.Coding.Insert(0, new Coding(Cwe.Table("0131"), role.Code, role.Display));
        }

        return sent;
    }
}
