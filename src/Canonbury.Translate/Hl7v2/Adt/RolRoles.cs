using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>Roles of ROL-3 (HL7 table 0443).</summary>
internal static class RolRoles
{
    /// <summary>PP, primary care provider; FHCP, family health care professional.</summary>
    public static bool IsGeneralPractitioner(Segment rol) => rol.Peek(3).Text is "PP" or "FHCP";

    /// <summary>The v3 ParticipationType of the roles of a visit (map ProviderRole); null for a role that is none.</summary>
    public static (string Code, string Display)? ParticipationOf(Segment rol) => rol.Peek(3).Text switch
    {
        "AT" => ("ATND", "attender"),
        "AD" => ("ADM", "admitter"),
        "CP" => ("CON", "consultant"),
        "RP" => ("REF", "referrer"),
        "PP" or "FHCP" or null => null,
        _ => ("PART", "Participation"),
    };
}
