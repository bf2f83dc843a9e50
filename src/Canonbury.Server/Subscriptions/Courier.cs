using Canonbury.Fhir.Json;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Intake.Pipeline;
using Canonbury.Record.Subscriptions;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// Sends one notification of a rest-hook: the handshake, a heartbeat, or the next events.
/// https://hl7.org/fhir/R4/subscription.html#2.46.7.1, http://hl7.org/fhir/uv/subscriptions-backport/channels.html#rest-hook
/// </summary>
internal sealed class Courier(
    HookClient hooks, Notifications notifications, Grants grants, EventLog log, IOptions<SubscriptionOptions> options, StepReached reached)
{
    private const string NoAccess = "The client may not read now: it has no valid token.";

    /// <summary>R4's own form knows no handshake: there the receiver is taken to be there.</summary>
    public async Task<string?> ShakeAsync(StoredSubscription subscription, SubscriptionTerms terms, SubscriptionState state, CancellationToken cancellation) =>
        terms is { ByTopic: true, IsWebsocket: false } ? await PostAsync(terms, Status(subscription, NotificationKind.Handshake, state), cancellation) : null;

    public Task<string?> BeatAsync(StoredSubscription subscription, SubscriptionTerms terms, SubscriptionState state, CancellationToken cancellation) =>
        PostAsync(terms, Status(subscription, NotificationKind.Heartbeat, state), cancellation);

    /// <summary>Sends the next events, as many as one notification takes.</summary>
    /// <returns>The number of the last event that was delivered, or why none was.</returns>
    public async Task<(long Delivered, string? Failure)> DeliverAsync(
        StoredSubscription subscription, SubscriptionTerms terms, SubscriptionState state, CancellationToken cancellation)
    {
        IReadOnlyList<SubscriptionEvent> events = log.Read(subscription.Key, state.Delivered + 1, state.Events, terms.MaxCount);
        if (events.Count == 0)
        {
            // They were kept for so long as they are kept.
            return (state.Events, null);
        }

        IReadOnlyList<ToldEvent> told = [];
        bool granted = await grants.ReadAsync(
            subscription,
            grant =>
            {
                (told, Access.Audit.ShownItems shown) = notifications.Tell(grant, events, terms.Content);
                return Task.FromResult(shown);
            },
            cancellation);
        string? failure = !granted ? NoAccess
            : terms.ByTopic ? await PostAsync(terms, notifications.Bundle(subscription, NotificationKind.EventNotification, state.Events, told), cancellation)
            : await PutAsync(terms, told[0], cancellation);
        reached("Notified");
        return failure is null ? (events[^1].Number, null) : (state.Delivered, failure);
    }

    private Bundle Status(StoredSubscription subscription, NotificationKind kind, SubscriptionState state) =>
        notifications.Bundle(subscription, kind, state.Events, []);

    private Task<string?> PostAsync(SubscriptionTerms terms, Bundle bundle, CancellationToken cancellation) =>
        SendAsync(terms, HttpMethod.Post, terms.Endpoint!, bundle, cancellation);

    // subscription.html, rest-hook: without a payload a POST, else an update with the endpoint as base. What may not be shown any more is passed over.
    private async Task<string?> PutAsync(SubscriptionTerms terms, ToldEvent told, CancellationToken cancellation) =>
        terms.Content == PayloadContent.Empty ? await SendAsync(terms, HttpMethod.Post, terms.Endpoint!, null, cancellation)
        : told.Resource is { } resource ? await SendAsync(terms, HttpMethod.Put, Below(terms.Endpoint!, told.Reference!), resource, cancellation)
        : null;

    private static Uri Below(Uri endpoint, string path) => new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/') + "/" + path }.Uri;

    private Task<string?> SendAsync(SubscriptionTerms terms, HttpMethod method, Uri address, Resource? body, CancellationToken cancellation)
    {
        TimeSpan timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        return hooks.SendAsync(
            new HookRequest(
                method, address, terms.Headers,
                body is null ? default : terms.Xml ? FhirXml.ToUtf8(body) : FhirJson.ToUtf8(body),
                terms.Xml ? "application/fhir+xml" : "application/fhir+json"),
            terms.Timeout is { } asked && asked < timeout ? asked : timeout, cancellation);
    }
}
