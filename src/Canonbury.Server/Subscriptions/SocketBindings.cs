using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Intake.Inbox;
using Canonbury.Record.Subscriptions;
using Hl7.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// What one websocket hears: the subscriptions that were bound to it, from the moment at which they were. Any process can serve it, for events stand in the
/// database; what came before, or while nobody listened, is asked for with <c>$events</c>.
/// </summary>
internal sealed class SocketBindings(
    SubscriptionDesk desk, EventLog log, TermsReader terms, Grants grants, Notifications notifications, BindingTokens tokens, SourceRegistry sources, TimeProvider time)
{
    private const int Most = 100;

    private readonly ConcurrentDictionary<Guid, Bound> bound = [];

    /// <summary>Takes a message of the client and says the answers.</summary>
    /// <param name="source">The source of the client that connected with a token of the API; null where it had none.</param>
    public IReadOnlyList<string> Bind(string text, SourceId? source)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["bind", var id] when source is { } own => Bind([KeyOf(own, id)], own, shakes: false),
            ["bind", _] => ["error unauthorised: connect with a bearer token, or bind with a binding token"],
            ["bind-with-token", var token] when tokens.Read(token) is { } binding => Bind(binding.Subscriptions, new SourceId(binding.Source), shakes: true),
            ["bind-with-token", _] => ["error token: the binding token is not valid, or too old"],
            _ => ["error message: say 'bind ID' or 'bind-with-token TOKEN'"],
        };
    }

    /// <summary>What has happened since the last call.</summary>
    public async IAsyncEnumerable<string> NewsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach ((Guid key, Bound binding) in bound)
        {
            if (desk.Find(key) is not { } subscription || subscription.Source != binding.Source || terms.Of(subscription) is not { IsWebsocket: true } asked)
            {
                bound.TryRemove(key, out _);
                continue;
            }

            long last = log.StateOf(key).Events;
            DateTimeOffset now = time.GetUtcNow();
            if (last > binding.Heard)
            {
                if (await TellAsync(subscription, asked, binding, last, cancellation) is not { } news)
                {
                    // The client may not read any more.
                    bound.TryRemove(key, out _);
                    continue;
                }

                bound[key] = binding with { Heard = news.Upto, SaidAt = now };
                yield return news.Message;
            }
            else if (asked.Heartbeat is { } period && now - binding.SaidAt >= period)
            {
                bound[key] = binding with { SaidAt = now };
                yield return Json(notifications.Bundle(subscription, NotificationKind.Heartbeat, last, []));
            }
        }
    }

    private List<string> Bind(IReadOnlyList<Guid> keys, SourceId source, bool shakes)
    {
        List<string> answers = [];
        foreach (Guid key in keys)
        {
            // The same words whether it is another's or nobody's.
            if (desk.Find(key) is not { } subscription || subscription.Source != source || terms.Of(subscription) is not { IsWebsocket: true } || bound.Count >= Most)
            {
                answers.Add("error subscription: there is no such subscription by websocket for this client");
                continue;
            }

            long heard = log.StateOf(key).Events;
            bound[key] = new Bound(source, heard, time.GetUtcNow());
            answers.Add(shakes ? Json(notifications.Bundle(subscription, NotificationKind.Handshake, heard, [])) : $"bound {subscription.Resource.Id}");
        }

        return answers;
    }

    // R4 tells only that something happened; the guide's bundles tell as much as was asked for.
    private async Task<(string Message, long Upto)?> TellAsync(
        StoredSubscription subscription, SubscriptionTerms asked, Bound binding, long last, CancellationToken cancellation)
    {
        IReadOnlyList<SubscriptionEvent> events = log.Read(subscription.Key, binding.Heard + 1, last, asked.ByTopic ? asked.MaxCount : int.MaxValue);
        IReadOnlyList<ToldEvent> told = [];
        bool granted = await grants.ReadAsync(
            subscription,
            grant =>
            {
                (told, ShownItems shown) = notifications.Tell(grant, events, asked.Content);
                return Task.FromResult(shown);
            },
            cancellation);
        return !granted ? null
            : events.Count == 0 ? ($"ping {subscription.Resource.Id}", last)
            : asked.ByTopic ? (Json(notifications.Bundle(subscription, NotificationKind.EventNotification, last, told)), events[^1].Number)
            : ($"ping {subscription.Resource.Id}", last);
    }

    private Guid KeyOf(SourceId source, string id)
    {
        Guid key = ResourceKey.Of(nameof(Subscription), id).Id;
        return sources.KeepsIds(source) || desk.Find(key) is not null ? key : ResourceIds.Key(source, nameof(Subscription), id);
    }

    private static string Json(Bundle bundle) => Encoding.UTF8.GetString(FhirJson.ToUtf8(bundle));

    private sealed record Bound(SourceId Source, long Heard, DateTimeOffset SaidAt);
}
