using Canonbury.Database;

namespace Canonbury.Record.Subscriptions;

/// <summary>How far a subscription is.</summary>
/// <param name="Shaken">True once the receiver has taken the handshake.</param>
/// <param name="Events">The number of its last event.</param>
/// <param name="Delivered">The number of the last event that was delivered; of a rest-hook only.</param>
/// <param name="Failures">In a row.</param>
/// <param name="DueAt">Nothing is sent before.</param>
public sealed record SubscriptionState(
    Guid Key, bool Shaken, long Events, long Delivered, int Failures, DateTimeOffset? FailingSince, DateTimeOffset DueAt, DateTimeOffset SentAt)
{
    internal const string Columns = "id, shaken, events, delivered, failures, failing_since, due_at, sent_at";

    public static SubscriptionState New(Guid key) => new(key, false, 0, 0, 0, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    internal static SubscriptionState Of(Row row) => new(
        row.Id(0), row.Flag(1), row.Long(2), row.Long(3), row.Int(4), row.TimeOrNull(5), row.Time(6), row.Time(7));

    /// <summary>Writes all but the number of events, which only <see cref="EventLog.Append"/> counts.</summary>
    internal void Store(Session session) => session.Write(
        """
        INSERT INTO subscription_state (id, shaken, events, delivered, failures, failing_since, due_at, sent_at) VALUES ($1, $2, 0, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET shaken = excluded.shaken, delivered = excluded.delivered, failures = excluded.failures,
          failing_since = excluded.failing_since, due_at = excluded.due_at, sent_at = excluded.sent_at
        """,
        Key, Shaken, Delivered, Failures, FailingSince, DueAt, SentAt);
}
