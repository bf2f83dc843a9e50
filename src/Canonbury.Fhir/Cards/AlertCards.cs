using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of alerts: flags, detected issues and assessed risks.</summary>
internal static class AlertCards
{
    public static Card Of(Flag flag) => Concepts.Card(Section.Alerts, "Alert", [flag.Code, .. flag.Category]) with
    {
        Status = Concepts.Literal(flag.StatusElement),
        When = Moments.Start(flag.Period),
        Until = Moments.End(flag.Period),
        Author = Actors.Name(flag, flag.Author),
        Text = Concepts.Words(flag.Category),
        PartOf = Actors.Relative(flag.Encounter),
    };

    public static Card Of(DetectedIssue issue) => Concepts.Card(Section.Alerts, "Detected issue", issue.Code) with
    {
        Status = Concepts.Literal(issue.StatusElement),
        When = Moments.Start(issue.Identified),
        Until = Moments.End(issue.Identified),
        Author = Actors.Name(issue, issue.Author),
        Severity = Concepts.Literal(issue.SeverityElement),
        Text = Concepts.Text(issue.Detail),
    };

    public static Card Of(RiskAssessment risk) => Concepts.Card(Section.Alerts, "Risk assessment", risk.Code, risk.Method) with
    {
        Status = Concepts.Literal(risk.StatusElement),
        When = Moments.Start(risk.Occurrence),
        Until = Moments.End(risk.Occurrence),
        Author = Actors.Name(risk, risk.Performer),
        Text = Concepts.Join([.. risk.Prediction.Select(p => Concepts.Words(p.Outcome)), Concepts.Text(risk.Mitigation)]),
        PartOf = Actors.Relative(risk.Encounter),
    };
}
