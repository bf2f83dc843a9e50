using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Types;

namespace Canonbury.Record.Subscriptions;

/// <summary>One event of a subscription: that this version of a resource came to be.</summary>
public sealed record SubscriptionEvent(long Number, PatientId Owner, string Type, string FhirId, int Version, DateTimeOffset At);

/// <summary>
/// The events of each subscription, numbered without a gap, and how far each is delivered. What the dispatcher writes it writes only while it holds the
/// lease.
/// </summary>
public sealed class EventLog(RecordDatabase database, GroupCommitter committer, DispatchLease lease)
{
    /// <summary>The events that changes made, and up to where each bucket is looked at now: in one transaction.</summary>
    /// <returns>False where the lease is another process's, and nothing was written.</returns>
    public Task<bool> AppendAsync(long epoch, IReadOnlyDictionary<int, long> cursors, IReadOnlyList<(Guid Subscription, FeedChange Change)> events) =>
        UnderLeaseAsync(epoch, session =>
        {
            foreach (IGrouping<Guid, FeedChange> of in events.GroupBy(one => one.Subscription, one => one.Change))
            {
                Append(session, of.Key, [.. of]);
            }

            foreach ((int bucket, long position) in cursors)
            {
                session.Write("UPDATE subscription_cursor SET position = $1 WHERE bucket = $2", position, bucket);
            }
        });

    /// <returns>False where the lease is another process's.</returns>
    public Task<bool> StoreAsync(long epoch, SubscriptionState state) => UnderLeaseAsync(epoch, state.Store);

    public SubscriptionState StateOf(Guid subscription)
    {
        using Session session = database.Open();
        return session.Ask($"SELECT {SubscriptionState.Columns} FROM subscription_state WHERE id = $1", SubscriptionState.Of, subscription).Single
            ?? SubscriptionState.New(subscription);
    }

    public IReadOnlyDictionary<Guid, SubscriptionState> States()
    {
        using Session session = database.Open();
        return session.Query($"SELECT {SubscriptionState.Columns} FROM subscription_state", SubscriptionState.Of).ToDictionary(state => state.Key);
    }

    /// <summary>Events from one number to another, both included, oldest first.</summary>
    public IReadOnlyList<SubscriptionEvent> Read(Guid subscription, long from, long to, int most)
    {
        using Session session = database.Open();
        return session.Query(
            """
            SELECT number, patient, type, fhir_id, version, happened_at FROM subscription_event
            WHERE subscription = $1 AND number >= $2 AND number <= $3 ORDER BY number LIMIT $4
            """,
            row => new SubscriptionEvent(row.Long(0), new PatientId(row.Id(1)), ResourceTypes.NameOf(row.Int(2)), row.Text(3), row.Int(4), row.Time(5)),
            subscription, from, to, most);
    }

    /// <summary>Takes away what happened before.</summary>
    public Task<int> ForgetAsync(DateTimeOffset before) =>
        committer.CommitAsync(0, session => session.Execute("DELETE FROM subscription_event WHERE happened_at < $1", before));

    private static void Append(Session session, Guid subscription, IReadOnlyList<FeedChange> changes)
    {
        session.Write("INSERT INTO subscription_state (id, shaken, events, delivered, failures, due_at, sent_at) VALUES ($1, 0, 0, 0, 0, 0, 0) ON CONFLICT (id) DO NOTHING", subscription);
        long number = session.Query("SELECT events FROM subscription_state WHERE id = $1" + session.Dialect.ForUpdate, row => row.Long(0), subscription)[0];
        foreach (FeedChange change in changes)
        {
            session.Write(
                "INSERT INTO subscription_event (subscription, number, bucket, patient, type, fhir_id, version, happened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                subscription, ++number, change.Owner.Bucket, change.Owner.Value, ResourceTypes.NumberOf(change.Type), change.FhirId, change.Version, change.CommittedAt);
        }

        session.Write("UPDATE subscription_state SET events = $1 WHERE id = $2", number, subscription);
    }

    private async Task<bool> UnderLeaseAsync(long epoch, Action<Session> write)
    {
        bool held = await committer.CommitAsync(0, session =>
        {
            if (!DispatchLease.IsHeld(session, epoch))
            {
                return false;
            }

            write(session);
            return true;
        });
        if (!held)
        {
            lease.Lost(epoch);
        }

        return held;
    }
}
