using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of care plans and goals.</summary>
internal static class CarePlanCards
{
    public static Card Of(CarePlan plan) =>
        Concepts.Card(SocialCare.Is(plan.Category) ? Section.SocialCare : Section.CarePlans, "Care plan", [.. plan.Category]) with
        {
            Title = Concepts.Text(plan.Title) ?? Concepts.Words(plan.Category) ?? "Care plan",
            Status = Concepts.Literal(plan.StatusElement),
            When = Moments.Start(plan.Period) ?? Moments.Literal(plan.CreatedElement),
            Until = Moments.End(plan.Period),
            Recorded = Moments.Literal(plan.CreatedElement),
            Author = Actors.Name(plan, [plan.Author, .. plan.Contributor]),
            Text = Concepts.Text(plan.Description) ?? Concepts.Join(plan.Activity.Select(Activity)),
            PartOf = Actors.Relative(plan.PartOf.FirstOrDefault()) ?? Actors.Relative(plan.Encounter),
            SearchText = Concepts.Join([Concepts.Words(plan.Category), .. plan.Note.Select(n => n.Text),
                .. plan.Addresses.Select(a => a.Display)]),
        };

    public static Card Of(Goal goal) => Concepts.Card(Section.CarePlans, "Goal", goal.Description) with
    {
        Status = Concepts.Literal(goal.LifecycleStatusElement),
        When = Moments.Start(goal.Start),
        Until = goal.Target.Select(t => Moments.Start(t.Due)).FirstOrDefault(d => d is not null),
        Recorded = Moments.Literal(goal.StatusDateElement),
        Author = Actors.Name(goal, goal.ExpressedBy),
        Severity = Concepts.Words(goal.Priority),
        Text = Concepts.Join([Concepts.Words(goal.AchievementStatus), .. goal.Target.Select(t => Values.Words(t.Detail))]),
        SearchText = Concepts.Words(goal.Category),
    };

    private static string? Activity(CarePlan.ActivityComponent activity) =>
        Concepts.Words(activity.Detail?.Code) ?? Concepts.Text(activity.Detail?.Description) ?? Concepts.Text(activity.Reference?.Display);
}
