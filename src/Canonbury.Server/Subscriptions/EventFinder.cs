using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Record.Subscriptions;
using Status = Hl7.Fhir.Model.Subscription.SubscriptionStatus;

namespace Canonbury.Server.Subscriptions;

/// <summary>Looks at each change once, in the order of its bucket, and appends the events that it is for the subscriptions that are active.</summary>
internal sealed class EventFinder(ChangeFeed feed, EventLog log, TermsReader terms, Grants grants, SubscriptionMetrics metrics, TimeProvider time)
{
    /// <summary>
    /// How often the cursors are kept while nobody listens: they are written for nobody, and the messages that come in need the writer. After another
    /// process took over, a subscription that became active within this time may be told of what changed just before.
    /// </summary>
    private static readonly TimeSpan KeepInterval = TimeSpan.FromSeconds(30);


    /// <summary>Changes of one bucket that are read together, and how many are looked at before what they gave is kept.</summary>
    private const int Chunk = 250;

    /// <summary>Up to where each bucket was passed over while nobody listened, and is not kept yet.</summary>
    private readonly Dictionary<int, long> passed = [];
    private long passedIn = -1;
    private DateTimeOffset keptAt = DateTimeOffset.MinValue;

    /// <returns>Every subscription that there is, and whether more changes wait.</returns>
    public async Task<(IReadOnlyList<StoredSubscription> Subscriptions, bool More)> RunAsync(
        long epoch, IReadOnlyDictionary<Guid, SubscriptionState> states, CancellationToken cancellation)
    {
        (IReadOnlyList<BucketSpan> spans, IReadOnlyList<StoredSubscription> subscriptions) = feed.Look();
        if (spans.Count == 0)
        {
            return (subscriptions, false);
        }

        List<(StoredSubscription Subscription, SubscriptionTerms Terms)> listeners =
            [.. from subscription in subscriptions
                where Listens(subscription, states)
                let asked = terms.Of(subscription)
                where asked is not null
                select (subscription, asked)];
        if (passedIn != epoch)
        {
            passed.Clear();
            passedIn = epoch;
        }

        if (listeners.Count == 0)
        {
            await PassOverAsync(epoch, spans);
            return (subscriptions, false);
        }

        Dictionary<int, long> cursors = [];
        List<(Guid Subscription, FeedChange Change)> events = [];
        int seen = 0;
        foreach (BucketSpan span in spans.Select(span => span with { After = Math.Max(span.After, passed.GetValueOrDefault(span.Bucket)) }))
        {
            (IReadOnlyList<FeedChange> changes, cursors[span.Bucket]) = feed.Read(span, type => listeners.Exists(one => one.Terms.Concerns(type)), Chunk);
            foreach (FeedChange change in changes)
            {
                foreach ((StoredSubscription subscription, SubscriptionTerms asked) in listeners.Where(one => one.Terms.Concerns(change.Type)))
                {
                    AccessGrant? grant = await grants.ToFindAsync(subscription, cancellation);
                    if (grant is not null && change.ShownTo(grant) is { } shown && asked.Match(shown))
                    {
                        events.Add((subscription.Key, change));
                    }
                }
            }

            seen += changes.Count;
            if (seen >= Chunk)
            {
                break;
            }
        }

        if (await log.AppendAsync(epoch, cursors, events))
        {
            metrics.Found(events.Count);
        }

        return (subscriptions, cursors.Count < spans.Count || cursors.Any(cursor => cursor.Value < spans.First(span => span.Bucket == cursor.Key).UpTo));
    }

    private async Task PassOverAsync(long epoch, IReadOnlyList<BucketSpan> spans)
    {
        foreach (BucketSpan span in spans)
        {
            passed[span.Bucket] = span.UpTo;
        }

        if (time.GetUtcNow() - keptAt >= KeepInterval && await log.AppendAsync(epoch, new Dictionary<int, long>(passed), []))
        {
            keptAt = time.GetUtcNow();
        }
    }

    /// <summary>While notifications fail events are still found; while the receiver has not taken the handshake, or the subscription is off, none are.</summary>
    private static bool Listens(StoredSubscription subscription, IReadOnlyDictionary<Guid, SubscriptionState> states) =>
        subscription.Resource.Status == Status.Active
        || (subscription.Resource.Status == Status.Error && states.GetValueOrDefault(subscription.Key) is { Shaken: true });
}
