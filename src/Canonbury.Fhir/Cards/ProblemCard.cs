using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of a problem or diagnosis. https://hl7.org/fhir/R4/condition.html</summary>
internal static class ProblemCard
{
    public static Card Of(Condition condition) => Concepts.Card(Section.Problems, "Problem", condition.Code) with
    {
        Status = Concepts.Code(condition.ClinicalStatus),
        Verification = Concepts.Code(condition.VerificationStatus),
        When = Moments.Start(condition.Onset),
        Until = Moments.Start(condition.Abatement),
        Recorded = Moments.Literal(condition.RecordedDateElement),
        Author = Actors.Name(condition, condition.Asserter, condition.Recorder),
        Severity = Concepts.Words(condition.Severity),
        Text = Concepts.Join([Moments.Words(condition.Onset), .. condition.Note.Select(n => n.Text)]),
        PartOf = Actors.Relative(condition.Encounter),
        SearchText = Concepts.Words(condition.BodySite),
    };
}
