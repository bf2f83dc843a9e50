using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Ids;
using Canonbury.Translate;

namespace Canonbury.Intake.Inbox;

/// <summary>Reads what waits in the inbox and says what became of it.</summary>
internal static class MessageTable
{
    /// <summary>Grows with each release whose maps changed, so that a message says by which it was translated.</summary>
    private const string Translator = "1";

    /// <summary>What waits in one bucket, oldest first.</summary>
    public static List<InboxMessage> Waiting(Session session, int bucket, int most) => session.Query(
        """
        SELECT id, patient, source, feed, zone, received_at, attempts, raw FROM message
        WHERE bucket = $1 AND state = 0 ORDER BY id LIMIT $2
        """,
        row => new InboxMessage(
            row.Id(0), bucket, Patient(row.Id(1)), new SourceId(row.Text(2)), row.Text(3), Zone(row.Text(4)), row.Time(5), row.Int(6), Envelope.Unwrap(row.Bytes(7))),
        bucket, most);

    /// <summary>Which of these messages still wait: another process, or this one, may have worked on them meanwhile.</summary>
    public static HashSet<Guid> StillWaiting(Session session, int bucket, IReadOnlyList<Guid> ids) => [.. session.Query(
        "SELECT id FROM message WHERE bucket = $1 AND state = 0 AND id >= $2 AND id <= $3", row => row.Id(0), bucket, ids.Min(), ids.Max())];

    /// <summary>How much waits, by bucket.</summary>
    public static List<(int Bucket, int Count)> Counts(Session session) => session.Query(
        "SELECT bucket, count(*) FROM message WHERE state = 0 GROUP BY bucket", row => (row.Int(0), row.Int(1)));

    public static void Done(Session session, InboxMessage message, Translation translation, DateTimeOffset now)
    {
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
        UPDATE message SET state = 2, attempts = attempts + 1, done_at = $1, translator = $2, reason_path = $3, reason_code = $4, reason = $5
        WHERE bucket = $6 AND id = $7
        """,
        now, Translator, reason.Path, reason.Code, reason.Words, message.Bucket, message.Id);

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
