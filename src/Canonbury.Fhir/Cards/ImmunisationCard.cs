using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of an immunisation, given or not. https://hl7.org/fhir/R4/immunization.html</summary>
internal static class ImmunisationCard
{
    public static Card Of(Immunization immunisation) => Concepts.Card(Section.Immunisations, "Immunisation", immunisation.VaccineCode) with
    {
        Status = Concepts.Literal(immunisation.StatusElement),
        When = Moments.Start(immunisation.Occurrence),
        Recorded = Moments.Literal(immunisation.RecordedElement),
        Author = Actors.Names(immunisation, immunisation.Performer.Select(p => p.Actor).Where(a => !Actors.Is(a, "Organization"))),
        Place = Actors.Name(immunisation, immunisation.Location)
            ?? Actors.Names(immunisation, immunisation.Performer.Select(p => p.Actor).Where(a => Actors.Is(a, "Organization"))),
        Text = Concepts.Join(
        [
            Concepts.Words(immunisation.StatusReason), Moments.Words(immunisation.Occurrence), Dose(immunisation),
            Values.Words(immunisation.DoseQuantity),
            Concepts.Words(immunisation.Site), Concepts.Text(immunisation.LotNumber) is { } lot ? "batch " + lot : null,
        ]),
        PartOf = Actors.Relative(immunisation.Encounter),
        SearchText = Concepts.Join(immunisation.ProtocolApplied.Select(p => Concepts.Words(p.TargetDisease))),
    };

    private static string? Dose(Immunization immunisation) =>
        immunisation.ProtocolApplied.Select(p => Values.Words(p.DoseNumber)).FirstOrDefault(d => d is not null) is { } number
            ? "dose " + number
            : null;
}
