using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of what is known about a relative's health. https://hl7.org/fhir/R4/familymemberhistory.html</summary>
internal static class FamilyHistoryCard
{
    public static Card Of(FamilyMemberHistory history)
    {
        FamilyMemberHistory.ConditionComponent? only = history.Condition.Count == 1 ? history.Condition[0] : null;
        string? relative = Concepts.Words(history.Relationship);
        string? conditions = Concepts.Join(history.Condition.Select(Condition));
        return Concepts.Card(Section.FamilyHistory, conditions ?? "Family history", only?.Code) with
        {
            Status = Concepts.Literal(history.StatusElement),
            When = Moments.Literal(history.DateElement),
            Recorded = Moments.Literal(history.DateElement),
            Text = Concepts.Join([relative, only is null ? null : Moments.Words(only.Onset)]),
            SearchText = conditions,
        };
    }

    private static string? Condition(FamilyMemberHistory.ConditionComponent condition) => Concepts.Words(condition.Code);
}
