using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Intake.Inbox;

/// <summary>How one feed of one source stands.</summary>
/// <param name="LastHour">Messages of the last hour.</param>
/// <param name="Waiting">Durable, and not in the record yet.</param>
/// <param name="Alarms">How often a control id came again with other bytes.</param>
public sealed record FeedStanding(
    string Feed, SourceId Source, long Received, DateTimeOffset LastReceived, long LastHour, long Waiting, long DeadLetters, long Alarms);

/// <summary>One field that carried values which no map used (feature A11).</summary>
public sealed record UnmappedCount(SourceId Source, string Event, string Path, long Occurrences, long Messages);

/// <summary>Something that was wrong and did not stop a message, such as an NHS number that fails its check (feature B1): how often, where.</summary>
public sealed record FindingCount(SourceId Source, string Path, string Code, string Words, long Count, DateTimeOffset Newest);

/// <summary>Counts over the inbox. They name sources, feeds and fields, nobody and nothing clinical, and so need no grant.</summary>
public sealed class FeedBoard(RecordDatabase database, TimeProvider time)
{
    public IReadOnlyList<FeedStanding> Feeds()
    {
        DateTimeOffset hourAgo = time.GetUtcNow() - TimeSpan.FromHours(1);
        using Session session = database.Open();
        Answer<(string Feed, string Source, long Received, DateTimeOffset Last, long Alarms)> counts = session.Ask(
            "SELECT feed, source, CAST(sum(received) AS bigint), max(last_received_at), CAST(sum(alarms) AS bigint) FROM feed_count GROUP BY feed, source ORDER BY source, feed",
            row => (row.Text(0), row.Text(1), row.Long(2), row.Time(3), row.Long(4)));
        Answer<(string Feed, string Source, int State, long Count)> states = session.Ask(
            "SELECT feed, source, state, count(*) FROM message WHERE state = 0 GROUP BY feed, source, state UNION ALL SELECT feed, source, state, count(*) FROM message WHERE state = 2 GROUP BY feed, source, state",
            row => (row.Text(0), row.Text(1), row.Int(2), row.Long(3)));
        Answer<(string Feed, string Source, long Count)> recent = session.Ask(
            "SELECT feed, source, count(*) FROM message WHERE received_at > $1 GROUP BY feed, source", row => (row.Text(0), row.Text(1), row.Long(2)), hourAgo);

        long State(string feed, string source, MessageState state) =>
            states.Rows.Where(row => row.Feed == feed && row.Source == source && row.State == (int)state).Sum(row => row.Count);
        return [.. counts.Rows.Select(row => new FeedStanding(
            row.Feed, new SourceId(row.Source), row.Received, row.Last,
            recent.Rows.Where(other => other.Feed == row.Feed && other.Source == row.Source).Sum(other => other.Count),
            State(row.Feed, row.Source, MessageState.Waiting), State(row.Feed, row.Source, MessageState.Dead), row.Alarms))];
    }

    /// <summary>When each source was last heard, over all its feeds.</summary>
    public IReadOnlyDictionary<SourceId, DateTimeOffset> LastReceived()
    {
        using Session session = database.Open();
        return session.Query("SELECT source, max(last_received_at) FROM feed_count GROUP BY source", row => KeyValuePair.Create(new SourceId(row.Text(0)), row.Time(1)))
            .ToDictionary();
    }

    public IReadOnlyList<UnmappedCount> Unmapped(int most)
    {
        using Session session = database.Open();
        return session.Query(
            """
            SELECT source, event, path, CAST(sum(occurrences) AS bigint), CAST(sum(messages) AS bigint) FROM unmapped
            GROUP BY source, event, path ORDER BY 4 DESC, source, event, path LIMIT $1
            """,
            row => new UnmappedCount(new SourceId(row.Text(0)), row.Text(1), row.Text(2), row.Long(3), row.Long(4)), most);
    }

    public IReadOnlyList<FindingCount> Findings(int most)
    {
        using Session session = database.Open();
        return session.Query(
            """
            SELECT source, path, code, words, count(*), max(found_at) FROM finding
            GROUP BY source, path, code, words ORDER BY 5 DESC, source, path, code LIMIT $1
            """,
            row => new FindingCount(new SourceId(row.Text(0)), row.Text(1), row.Text(2), row.Text(3), row.Long(4), row.Time(5)), most);
    }
}
