using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of an allergy or intolerance. https://hl7.org/fhir/R4/allergyintolerance.html</summary>
internal static class AllergyCard
{
    public static Card Of(AllergyIntolerance allergy) =>
        Concepts.Card(Section.Allergies, "Allergy", [allergy.Code, .. allergy.Reaction.Select(r => r.Substance)]) with
        {
            Status = Concepts.Code(allergy.ClinicalStatus),
            Verification = Concepts.Code(allergy.VerificationStatus),
            When = Moments.Start(allergy.Onset) ?? Moments.Literal(allergy.LastOccurrenceElement),
            Recorded = Moments.Literal(allergy.RecordedDateElement),
            Author = Actors.Name(allergy, allergy.Asserter, allergy.Recorder),
            Severity = Concepts.Literal(allergy.CriticalityElement),
            Text = Concepts.Join(allergy.Reaction.Select(Reaction).Prepend(Moments.Words(allergy.Onset))),
            PartOf = Actors.Relative(allergy.Encounter),
            SearchText = Concepts.Join([.. allergy.CategoryElement.Select(Concepts.Literal), .. allergy.Note.Select(n => n.Text)]),
        };

    private static string? Reaction(AllergyIntolerance.ReactionComponent reaction)
    {
        string? what = Concepts.Words(reaction.Manifestation) ?? Concepts.Text(reaction.Description);
        return Concepts.Literal(reaction.SeverityElement) is { } severity && what is not null ? $"{what} ({severity})" : what;
    }
}
