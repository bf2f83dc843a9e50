using Canonbury.Fhir.Cards;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.PatientSummary;

/// <summary>One section of the International Patient Summary.</summary>
/// <param name="Loinc">The code of the section, with its name there.</param>
/// <param name="Always">Required or recommended by the guide: it is there, with a reason, also when it is empty.</param>
/// <param name="OnlyNewest">Of each test or measurement the newest only.</param>
/// <param name="Part">The section of the record that it is taken from, for what may be withheld.</param>
/// <param name="Takes">Whether a resource belongs into it; none is taken twice.</param>
internal sealed record SummarySection(
    string Title, (string Code, string Display) Loinc, bool Always, bool OnlyNewest, Section Part, Func<Resource, Card, bool> Takes)
{
    private static readonly string[] Over = ["inactive", "remission", "resolved"];

    private static readonly string[] Pregnancy = ["82810-3", "11778-8", "11779-6", "11780-4"];

    /// <summary>In the order of the document: what harms when it is overlooked comes first. Titles and codes: HL7 IPS 2.0.0, Composition.</summary>
    public static readonly IReadOnlyList<SummarySection> All =
    [
        new("Allergies and Intolerances", ("48765-2", "Allergies and adverse reactions Document"), true, false, Section.Allergies,
            (resource, card) => resource is AllergyIntolerance && card.Verification != "refuted"),
        new("Problems", ("11450-4", "Problem list - Reported"), true, false, Section.Problems,
            (resource, card) => resource is Condition && card.Verification != "refuted" && !Over.Contains(card.Status)),
        new("Medication Summary", ("10160-0", "History of Medication use Narrative"), true, false, Section.Medicines, IsMedicine),
        new("Immunizations", ("11369-6", "History of Immunization Narrative"), true, false, Section.Immunisations, (resource, _) => resource is Immunization),
        new("History of Procedures", ("47519-4", "History of Procedures Document"), true, false, Section.Procedures,
            (resource, card) => resource is Procedure && card.Status is not ("not-done" or "preparation")),
        new("History of Pregnancy", ("10162-6", "History of pregnancies Narrative"), false, true, Section.Measurements,
            (resource, _) => resource is Observation observation && IsKnown(observation) && observation.Code.Coding.Exists(c => Pregnancy.Contains(c.Code))),
        new("Vital Signs", ("8716-3", "Vital signs note"), false, true, Section.Measurements,
            (resource, _) => resource is Observation observation && IsKnown(observation) && Has(observation, "vital-signs")),
        new("Social History", ("29762-2", "Social history Narrative"), false, true, Section.Measurements,
            (resource, _) => resource is Observation observation && IsKnown(observation) && Has(observation, "social-history")),
        new("Results", ("30954-2", "Relevant diagnostic tests/laboratory data note"), true, true, Section.Results, IsResult),
        new("Medical Devices", ("46264-8", "History of medical device use"), true, false, Section.Other,
            (resource, card) => resource is DeviceUseStatement && card.Status is not ("completed" or "stopped" or "intended")),
        new("Alerts", ("104605-1", "Alert"), false, false, Section.Alerts, (resource, card) => resource is Flag && card.Status == "active"),
        new("Advance Directives", ("42348-3", "Advance healthcare directives"), false, false, Section.Other,
            (resource, card) => resource is Consent consent && card.Status == "active" && consent.Scope?.Coding.Exists(c => c.Code == "adr") == true),
        new("Plan of Care", ("18776-5", "Plan of care note"), false, false, Section.CarePlans, (resource, card) => resource is CarePlan && card.Status is "active" or "on-hold"),
        new("History of Past Problems", ("11348-0", "History of Past illness Narrative"), false, false, Section.Problems,
            (resource, card) => resource is Condition && card.Verification != "refuted" && Over.Contains(card.Status)),
    ];

    // A medicine is current unless its source says otherwise: leaving one out may harm, and its status is shown.
    private static bool IsMedicine(Resource resource, Card card) => resource switch
    {
        MedicationStatement => card.Status is not ("completed" or "stopped" or "not-taken"),
        MedicationRequest request => card.Status is not ("completed" or "stopped" or "cancelled" or "draft")
            && request.DoNotPerform != true
            && Literal(request.IntentElement) is not ("proposal" or "option"),
        _ => false,
    };

    private static bool IsResult(Resource resource, Card card) => resource switch
    {
        Observation observation => IsKnown(observation) && card.Section == Section.Results,
        DiagnosticReport report => Literal(report.StatusElement) is not ("registered" or "cancelled"),
        _ => false,
    };

    private static bool IsKnown(Observation observation) => Literal(observation.StatusElement) is not ("registered" or "cancelled");

    private static bool Has(Observation observation, string category) => observation.Category.Exists(c => c.Coding.Exists(coding => coding.Code == category));

    private static string? Literal(PrimitiveType? element) => element?.JsonValue as string;
}
