using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of what keeps care going: coverage, recorded consents, messages and tasks.</summary>
internal static class AdministrationCards
{
    public static Card Of(Coverage coverage) => Concepts.Card(Section.Other, "Coverage", coverage.Type) with
    {
        Status = Concepts.Literal(coverage.StatusElement),
        When = Moments.Start(coverage.Period),
        Until = Moments.End(coverage.Period),
        Place = Actors.Names(coverage, coverage.Payor),
        Text = Concepts.Join(coverage.Class.Select(c => Concepts.Text(c.Name))),
    };

    public static Card Of(Consent consent) => Concepts.Card(Section.Other, "Consent", [.. consent.Category, consent.Scope]) with
    {
        Status = Concepts.Literal(consent.StatusElement),
        When = Moments.Literal(consent.DateTimeElement),
        Until = Moments.End(consent.Provision?.Period),
        Author = Actors.Names(consent, consent.Performer),
        Place = Actors.Names(consent, consent.Organization),
        Text = Concepts.Words(consent.PolicyRule),
    };

    public static Card Of(Communication message) => Concepts.Card(Section.Other, "Message", [message.Topic, .. message.Category]) with
    {
        Status = Concepts.Literal(message.StatusElement),
        When = Moments.Literal(message.SentElement) ?? Moments.Literal(message.ReceivedElement),
        Author = Actors.Name(message, message.Sender),
        Text = Concepts.Join(message.Payload.Select(p => Values.Words(p.Content))),
        PartOf = Actors.Relative(message.Encounter),
    };

    public static Card Of(Hl7.Fhir.Model.Task task) =>
        Concepts.Card(Section.Other, Concepts.Text(task.Description) ?? "Task", task.Code) with
        {
            Status = Concepts.Literal(task.StatusElement),
            When = Moments.Literal(task.AuthoredOnElement) ?? Moments.Start(task.ExecutionPeriod),
            Until = Moments.End(task.ExecutionPeriod),
            Recorded = Moments.Literal(task.AuthoredOnElement),
            Author = Actors.Name(task, task.Requester),
            Place = Actors.Name(task, task.Owner, task.Location),
            Severity = Concepts.Literal(task.PriorityElement),
            Text = Concepts.Text(task.Description),
            PartOf = Actors.Relative(task.BasedOn.FirstOrDefault()) ?? Actors.Relative(task.Encounter),
        };
}
