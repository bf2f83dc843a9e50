using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of a referral or another request for a service. https://hl7.org/fhir/R4/servicerequest.html</summary>
internal static class ReferralCard
{
    public static Card Of(ServiceRequest request) =>
        Concepts.Card(SectionOf(request), Plain(request), [request.Code, .. request.Category]) with
        {
            Status = Concepts.Literal(request.StatusElement),
            When = Moments.Literal(request.AuthoredOnElement) ?? Moments.Start(request.Occurrence),
            Until = Moments.End(request.Occurrence),
            Recorded = Moments.Literal(request.AuthoredOnElement),
            Author = Actors.Name(request, request.Requester),
            Place = Actors.Names(request, request.Performer.Count > 0 ? request.Performer : request.LocationReference),
            Severity = Concepts.Literal(request.PriorityElement),
            Text = Concepts.Join([Concepts.Words(request.ReasonCode), .. request.Note.Select(n => n.Text)]),
            PartOf = Actors.Relative(request.BasedOn.FirstOrDefault()) ?? Actors.Relative(request.Encounter),
            SearchText = Concepts.Join([Concepts.Literal(request.IntentElement), Concepts.Words(request.PerformerType),
            Concepts.Words(request.OrderDetail)]),
        };

    private static Section SectionOf(ServiceRequest request) =>
        SocialCare.Is(request.Category) ? Section.SocialCare : IsTest(request) ? Section.Other : Section.Referrals;

    private static string Plain(ServiceRequest request) => IsTest(request) ? "Test request" : "Referral";

    // The example value set of ServiceRequest.category: 108252007 laboratory procedure, 363679005 imaging. The result is what a reader
    // looks for.
    private static bool IsTest(ServiceRequest request) => Concepts.Has(request.Category, "108252007", "363679005", "laboratory", "imaging");
}
