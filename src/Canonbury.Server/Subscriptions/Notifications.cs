using Canonbury.Access.Audit;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Record.Reading;
using Canonbury.Record.Subscriptions;
using Canonbury.Server.Api;
using Hl7.Fhir.Model;
using Verb = Hl7.Fhir.Model.Bundle.HTTPVerb;

namespace Canonbury.Server.Subscriptions;

/// <summary>Makes what a subscription's client is told of events, as far as its grant shows it at this moment.</summary>
internal sealed class Notifications(OwnResourceReader reader, TermsReader terms, TimeProvider time)
{
    private readonly NotificationBundle bundles = new(terms.BaseUrl);

    /// <summary>The events with what of each may be told, and what the audit must say of it.</summary>
    public (IReadOnlyList<ToldEvent> Events, ShownItems Shown) Tell(AccessGrant grant, IReadOnlyList<SubscriptionEvent> events, PayloadContent content)
    {
        if (content == PayloadContent.Empty)
        {
            return ([.. events.Select(one => new ToldEvent(one.Number, one.At, null, null, Verb.GET))], ShownItems.Nothing);
        }

        List<OwnResource> shown = [];
        List<ToldEvent> told = [];
        foreach (SubscriptionEvent one in events)
        {
            OwnResource? version = reader.Read(grant, one.Type, one.FhirId, one.Version);
            shown.AddRange(version is null ? [] : [version]);
            told.Add(new ToldEvent(
                one.Number, one.At, version is null ? null : $"{one.Type}/{one.FhirId}",
                version is { Deleted: false } && content == PayloadContent.FullResource ? FhirJson.ParseStored(version.Json.Span).Resource : null,
                version is { Deleted: true } ? Verb.DELETE : one.Version == 1 ? Verb.POST : Verb.PUT));
        }

        return (told, Search.ShownItemsOf(shown));
    }

    public Bundle Bundle(StoredSubscription subscription, NotificationKind kind, long total, IReadOnlyList<ToldEvent> events) =>
        bundles.Of(subscription.Resource, kind, total, events, time.GetUtcNow());

    public Parameters Status(StoredSubscription subscription, long total) =>
        bundles.Status(subscription.Resource, NotificationKind.QueryStatus, total, []);
}
