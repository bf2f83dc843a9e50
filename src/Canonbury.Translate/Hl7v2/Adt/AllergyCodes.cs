using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>HL7 tables 0127 (allergen type) and 0128 (severity) as FHIR's codes; null where FHIR has none.</summary>
internal static class AllergyCodes
{
    /// <summary>Map AllergenType[AllergyIntoleranceCategory].</summary>
    public static AllergyIntolerance.AllergyIntoleranceCategory? CategoryOf(string? type) => type?.ToUpperInvariant() switch
    {
        "DA" => AllergyIntolerance.AllergyIntoleranceCategory.Medication,
        "FA" => AllergyIntolerance.AllergyIntoleranceCategory.Food,
        "EA" or "PA" or "LA" => AllergyIntolerance.AllergyIntoleranceCategory.Environment,
        "AA" => AllergyIntolerance.AllergyIntoleranceCategory.Biologic,
        _ => null,
    };

    /// <summary>Map AllergyType: all but the contraindication are allergies.</summary>
    public static AllergyIntolerance.AllergyIntoleranceType? TypeOf(string? type) => type?.ToUpperInvariant() switch
    {
        "DA" or "FA" or "MA" or "EA" or "AA" or "PA" or "LA" => AllergyIntolerance.AllergyIntoleranceType.Allergy,
        _ => null,
    };

    /// <summary>Map AllergySeverity[AllergyIntolerance.reaction.severity].</summary>
    public static AllergyIntolerance.AllergyIntoleranceSeverity? SeverityOf(string? code) => code?.ToUpperInvariant() switch
    {
        "SV" => AllergyIntolerance.AllergyIntoleranceSeverity.Severe,
        "MO" => AllergyIntolerance.AllergyIntoleranceSeverity.Moderate,
        "MI" => AllergyIntolerance.AllergyIntoleranceSeverity.Mild,
        _ => null,
    };

    /// <summary>Map AllergySeverity[AllergyIntolerance.criticality].</summary>
    public static AllergyIntolerance.AllergyIntoleranceCriticality? CriticalityOf(string? code) => code?.ToUpperInvariant() switch
    {
        "SV" => AllergyIntolerance.AllergyIntoleranceCriticality.High,
        "MI" => AllergyIntolerance.AllergyIntoleranceCriticality.Low,
        _ => null,
    };
}
