using System.Globalization;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;

namespace Canonbury.Intake.Inbox;

/// <summary>One message that could not be used: where it came from and why, never what it says.</summary>
/// <param name="Key">Names it when it is put back.</param>
public sealed record DeadLetter(
    string Key, SourceId Source, string Feed, string? Event, DateTimeOffset ReceivedAt, int Attempts, string? Path, string? Code, string? Reason);

/// <summary>Messages that wait for a fix. Replaying one puts it back into the inbox, where the pipeline finds it in its place.</summary>
public sealed class DeadLetters(RecordDatabase database, GroupCommitter committer)
{
    /// <summary>The oldest first.</summary>
    public IReadOnlyList<DeadLetter> List(AccessGrant grant, int most)
    {
        Check(grant);
        using Session session = database.Open();
        return session.Query(
            """
            SELECT bucket, id, source, feed, event, received_at, attempts, reason_path, reason_code, reason FROM message
            WHERE state = 2 ORDER BY received_at, id LIMIT $1
            """,
            row => new DeadLetter(
                Key(row.Int(0), row.Id(1)), new SourceId(row.Text(2)), row.Text(3), row.TextOrNull(4), row.Time(5), row.Int(6), row.TextOrNull(7), row.TextOrNull(8),
                row.TextOrNull(9)),
            most);
    }

    /// <summary>Puts dead letters back; says how many.</summary>
    /// <param name="keys">Which; null for all.</param>
    public Task<int> ReplayAsync(AccessGrant grant, IReadOnlyList<string>? keys)
    {
        Check(grant);
        return ReplayAsync(keys);
    }

    /// <summary>The same for someone at the command line of the machine: no person's data leaves by it.</summary>
    public Task<int> ReplayAsync(IReadOnlyList<string>? keys) => committer.CommitAsync(0, session => keys is null
        ? session.Execute("UPDATE message SET state = 0 WHERE state = 2")
        : keys.Sum(key => Parse(key) is var (bucket, id)
            ? session.Execute("UPDATE message SET state = 0 WHERE bucket = $1 AND id = $2 AND state = 2", bucket, id)
            : 0));

    /// <summary>Puts messages that were processed back, to be translated again after a mapping fix; says how many.</summary>
    /// <param name="source">Whose; null for everyone's.</param>
    public Task<int> ReplayProcessedAsync(SourceId? source, DateTimeOffset from, DateTimeOffset until) => committer.CommitAsync(0, session => session.Execute(
        "UPDATE message SET state = 0 WHERE state = 1 AND received_at >= $1 AND received_at < $2 AND ($3 = '' OR source = $3)",
        from, until, source?.Value ?? ""));

    /// <summary>Counts what is dead about these patients: the fifth kind of empty.</summary>
    public IReadOnlyList<NotYetUsable> About(IReadOnlyList<PatientId> patients)
    {
        using Session session = database.Open();
        Answer<NotYetUsable>[] found = [.. patients.Select(patient => session.Ask(
            "SELECT source, count(*), min(received_at) FROM message WHERE bucket = $1 AND state = 2 AND patient = $2 GROUP BY source",
            row => new NotYetUsable(new SourceId(row.Text(0)), "dead-letter", row.Int(1), row.Time(2)), patient.Bucket, patient.Value))];
        return [.. found.SelectMany(answer => answer.Rows)];
    }

    private static string Key(int bucket, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{bucket}-{id:N}");

    private static (int Bucket, Guid Id)? Parse(string key) =>
        key.Split('-') is [var bucket, var id] && int.TryParse(bucket, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && Guid.TryParseExact(id, "N", out Guid message)
            ? (number, message)
            : null;

    private static void Check(AccessGrant grant)
    {
        if (grant.Scope != GrantScope.Operations)
        {
            throw new ArgumentException($"A grant of scope {grant.Scope} does not allow looking at the inbox.", nameof(grant));
        }
    }
}
