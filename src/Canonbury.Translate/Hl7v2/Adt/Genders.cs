using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>Administrative sex: HL7 table 0001 (map AdministrativeSex), and the NHS Data Dictionary's PERSON STATED GENDER CODE.</summary>
internal static class Genders
{
    /// <summary>Null for a code in neither.</summary>
    public static AdministrativeGender? Of(string code) => code.ToUpperInvariant() switch
    {
        "F" or "2" or "FEMALE" => AdministrativeGender.Female,
        "M" or "1" or "MALE" => AdministrativeGender.Male,
        "O" or "A" or "N" or "9" or "OTHER" => AdministrativeGender.Other,
        "U" or "0" or "X" or "UNKNOWN" => AdministrativeGender.Unknown,
        _ => null,
    };
}
