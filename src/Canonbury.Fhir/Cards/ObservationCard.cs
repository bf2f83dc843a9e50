using Canonbury.Fhir.Text;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>
/// The card of an observation: a laboratory or imaging result, or a measurement. https://hl7.org/fhir/R4/observation.html
/// </summary>
internal static class ObservationCard
{
    public static Card Of(Observation observation)
    {
        Card named = Concepts.Card(SectionOf(observation), "Observation", observation.Code);
        Card valued = Values.With(named, observation.Value);
        return Ranges.With(valued, observation.ReferenceRange) with
        {
            Text = valued.Text ?? Components(observation) ?? Absent(observation),
            Status = Concepts.Literal(observation.StatusElement),
            When = Moments.Start(observation.Effective),
            Until = Moments.End(observation.Effective),
            Recorded = Moments.Literal(observation.IssuedElement),
            Author = Actors.Names(observation, observation.Performer),
            Interpretation = observation.Interpretation.Select(Concepts.Code).FirstOrDefault(c => c is not null),
            PartOf = Actors.Relative(observation.PartOf.FirstOrDefault()) ?? Actors.Relative(observation.Encounter),
            Parts = observation.Component.Count == 0 ? CardParts.None : new CardParts(observation.Component.Select(Part).OfType<CardPart>()),
            Group = GroupOf(observation.Code, named),
            SearchText = Concepts.Join([.. observation.Note.Select(n => n.Text), Concepts.Words(observation.BodySite)]),
        };
    }

    // http://terminology.hl7.org/CodeSystem/observation-category. A source that sends no category sends a result where a specimen or a
    // reference range says so.
    private static Section SectionOf(Observation observation) => observation switch
    {
        _ when SocialCare.Is(observation.Category) => Section.SocialCare,
        _ when Concepts.Has(observation.Category, "laboratory", "imaging", "procedure") => Section.Results,
        _ when observation.Category.Exists(c => c.Coding.Count > 0) => Section.Measurements,
        { Specimen: not null } or { ReferenceRange.Count: > 0 } => Section.Results,
        _ => Section.Measurements,
    };

    private static readonly string[] Shared = ["http://loinc.org", "http://snomed.info/sct"];

    // One test has a code of its own in each laboratory; a code that all of them know brings their results together.
    private static string? GroupOf(CodeableConcept? code, Card card) => card switch
    {
        _ when Shared.SelectMany(system => code?.Coding.Where(c => c.System == system && c.Code is not null) ?? []).FirstOrDefault() is { } shared =>
            $"{shared.System}|{shared.Code}",
        { Code: not null } => $"{card.System}|{card.Code}",
        { Title: "Observation" } => null,
        _ => "text|" + Folding.Fold(card.Title),
    };

    private static CardPart? Part(Observation.ComponentComponent component) =>
        component.Value is Quantity { Value: { } value } quantity && Concepts.Words(component.Code) is { } title
            ? new CardPart(
                title, value, Concepts.Literal(quantity.ComparatorElement), Concepts.Text(quantity.Unit) ?? quantity.Code,
                quantity.System is Values.Ucum ? quantity.Code : null)
            : null;

    private static string? Components(Observation observation) =>
        Concepts.Join(observation.Component.Select(c => Concepts.Join([Concepts.Words(c.Code),
            Values.Words(c.Value) ?? Concepts.Words(c.DataAbsentReason)])
            ?.Replace(", ", " ", StringComparison.Ordinal)));

    private static string? Absent(Observation observation) =>
        observation.Value is null ? Concepts.Words(observation.DataAbsentReason) : null;
}
