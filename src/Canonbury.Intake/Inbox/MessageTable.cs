using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Ids;
using Canonbury.Translate;

namespace Canonbury.Intake.Inbox;

/// <summary>The oldest messages that wait in a bucket.</summary>
/// <param name="More">True where others may wait behind them.</param>
public sealed record WaitingMessages(IReadOnlyList<InboxMessage> Messages, bool More);

/// <summary>Reads what waits in the inbox and says what became of it.</summary>
internal static class MessageTable
{
    /// <summary>
    /// Grows with each release whose maps changed, so that a message says by which it was translated; a dead letter that never was says none.
    /// </summary>
    private const string Translator = "1";

    /// <summary>How many stored bytes are read together: a backlog of large documents must not fill the memory.</summary>
    private const long MaxBytes = 4L << 20;

    /// <summary>What waits in one bucket, oldest first: at least one message, and no more than are sensible to hold.</summary>
    public static WaitingMessages Waiting(Session session, int bucket, int most)
    {
        List<(InboxMessage Message, int Count)> found = session.Query(
            """
            SELECT m.id, m.patient, m.source, m.feed, m.zone, m.received_at, m.attempts, m.raw, w.among FROM message m
            JOIN (
              SELECT bucket, id, sum(length(raw)) OVER (ORDER BY id) - length(raw) AS before, count(*) OVER () AS among FROM (
                SELECT bucket, id, raw FROM message WHERE bucket = $1 AND state = 0 ORDER BY id LIMIT $2) AS oldest) AS w
            ON m.bucket = w.bucket AND m.id = w.id
            WHERE m.bucket = $1 AND w.before < $3 ORDER BY m.id
            """,
            row => (
                new InboxMessage(
                    row.Id(0), bucket, Patient(row.Id(1)), new SourceId(row.Text(2)), row.Text(3), Zone(row.Text(4)), row.Time(5), row.Int(6),
                    Envelope.Unwrap(row.Bytes(7))),
                row.Int(8)),
            bucket, most, MaxBytes);
        return new WaitingMessages([.. found.Select(row => row.Message)], found.Count > 0 && (found.Count >= most || found.Count < found[0].Count));
    }

    /// <summary>
    /// Which of these messages still wait (another process, or this one, may have worked on them meanwhile), and whether they have never been
    /// translated before.
    /// </summary>
    public static IReadOnlyDictionary<Guid, bool> StillWaiting(Session session, int bucket, IReadOnlyList<Guid> ids) => session.Query(
        "SELECT id, CASE WHEN translator IS NULL THEN 1 ELSE 0 END FROM message WHERE bucket = $1 AND state = 0 AND id >= $2 AND id <= $3",
        row => KeyValuePair.Create(row.Id(0), row.Flag(1)), bucket, ids.Min(), ids.Max()).ToDictionary();

    /// <summary>How much waits, by bucket.</summary>
    public static List<(int Bucket, int Count)> Counts(Session session) => session.Query(
        "SELECT bucket, count(*) FROM message WHERE state = 0 GROUP BY bucket", row => (row.Int(0), row.Int(1)));

    public static void Done(Session session, InboxMessage message, Translation translation, DateTimeOffset now)
    {
        if (message.Attempts > 0)
        {
            // What was wrong before a fix is wrong no more.
            session.Write(
                "DELETE FROM finding WHERE bucket = $1 AND message = $2 AND number >= $3", message.Bucket, message.Id, translation.Findings.Count);
        }

        session.Write(
            """
            UPDATE message SET state = 1, attempts = attempts + 1, done_at = $1, translator = $2, reason_path = NULL, reason_code = NULL, reason = NULL
            WHERE bucket = $3 AND id = $4
            """,
            now, Translator, message.Bucket, message.Id);
        for (int i = 0; i < translation.Findings.Count; i++)
        {
            Finding finding = translation.Findings[i];
            session.Write(
                """
                INSERT INTO finding (bucket, message, number, source, path, code, words, found_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (bucket, message, number) DO UPDATE SET path = excluded.path, code = excluded.code, words = excluded.words
                """,
                message.Bucket, message.Id, i, message.Source.Value, finding.Path, finding.Code, finding.Words, now);
        }
    }

    public static void Dead(Session session, InboxMessage message, Finding reason, DateTimeOffset now) => session.Write(
        """
        UPDATE message SET state = 2, attempts = attempts + 1, done_at = $1, reason_path = $2, reason_code = $3, reason = $4
        WHERE bucket = $5 AND id = $6
        """,
        now, reason.Path, reason.Code, reason.Words, message.Bucket, message.Id);

    /// <summary>Adds to the counts of fields that no map used (feature A11).</summary>
    public static void CountUnmapped(Session session, int bucket, SourceId source, string @event, string path, long occurrences, long messages) => session.Write(
        """
        INSERT INTO unmapped (bucket, source, event, path, occurrences, messages) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (bucket, source, event, path) DO UPDATE
        SET occurrences = unmapped.occurrences + excluded.occurrences, messages = unmapped.messages + excluded.messages
        """,
        bucket, source.Value, @event, path, occurrences, messages);

    private static PatientId? Patient(Guid id) => id == Guid.Empty ? null : new PatientId(id);

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
