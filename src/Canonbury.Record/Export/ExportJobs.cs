using System.Text.Json;
using Canonbury.Database;
using Canonbury.Database.Leases;

namespace Canonbury.Record.Export;

/// <summary>
/// The exports of all clients. One process at a time works on one: it says so in the row, and says again and again that it is alive; who finds the row
/// taken from it, or gone because the client cancelled, stops.
/// </summary>
public sealed class ExportJobs(RecordDatabase database, ProcessIdentity process, TimeProvider time)
{
    private const string Columns = "id, client, scope, url, definition, created_at, state, next_bucket, files, expires_at";

    /// <summary>A process that was silent for this long has lost its export to whoever takes it.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Adds it; false where the client has as many unfinished ones as it may.</summary>
    public bool Add(ExportJob job, int most)
    {
        using Session session = database.Open();
        return session.Execute(
            """
            INSERT INTO export_job (id, client, scope, url, definition, created_at, state, next_bucket, files)
            SELECT $1, $2, $3, $4, $5, $6, 0, 0, '[]' WHERE (SELECT count(*) FROM export_job WHERE client = $2 AND state = 0) < $7
            """,
            job.Id, job.Client, job.Scope, job.Url, job.Definition, job.CreatedAt, most) == 1;
    }

    /// <summary>Null where there is none, it is another client's, or its files have expired.</summary>
    public ExportJob? Find(Guid id, string client)
    {
        using Session session = database.Open();
        return session.Ask(
            $"SELECT {Columns} FROM export_job WHERE id = $1 AND client = $2 AND (expires_at IS NULL OR expires_at > $3)", Read, id, client, time.GetUtcNow()).Single;
    }

    /// <summary>Takes the oldest export that no living process works on; null where there is none.</summary>
    public ExportJob? Claim()
    {
        DateTimeOffset now = time.GetUtcNow();
        using Session session = database.Open();
        foreach (ExportJob job in session.Query(
            $"SELECT {Columns} FROM export_job WHERE state = 0 AND (process IS NULL OR process = $1 OR heartbeat_at <= $2) ORDER BY created_at, id", Read,
            process.Id, now - Silence))
        {
            int claimed = session.Execute(
                "UPDATE export_job SET process = $1, heartbeat_at = $2 WHERE id = $3 AND state = 0 AND (process IS NULL OR process = $1 OR heartbeat_at <= $4)",
                process.Id, now, job.Id, now - Silence);
            if (claimed == 1)
            {
                // Whoever had it may have come further since it was read.
                return session.Ask($"SELECT {Columns} FROM export_job WHERE id = $1", Read, job.Id).Single;
            }
        }

        return null;
    }

    /// <summary>Says that this process is at work on it; false where it is no longer its to do.</summary>
    public bool Beat(Guid id) => Update(id, "heartbeat_at = $3", time.GetUtcNow());

    /// <summary>Records a stretch whose files are on the disk; false where it is no longer this process's to do.</summary>
    public bool Advance(Guid id, int nextBucket, IEnumerable<ExportedFile> files) =>
        Update(id, "heartbeat_at = $3, next_bucket = $4, files = $5", time.GetUtcNow(), nextBucket, JsonSerializer.Serialize(files));

    /// <summary>Ends it, one way or the other.</summary>
    public bool End(Guid id, ExportState state, DateTimeOffset expires) => Update(id, "process = NULL, state = $3, expires_at = $4", (int)state, expires);

    /// <summary>Gives it back at an orderly stop.</summary>
    public bool Release(Guid id) => Update(id, "process = NULL");

    public bool Remove(Guid id)
    {
        using Session session = database.Open();
        return session.Execute("DELETE FROM export_job WHERE id = $1", id) == 1;
    }

    /// <summary>Forgets those whose time is over, and says which are left.</summary>
    public IReadOnlySet<Guid> RemoveExpired()
    {
        using Session session = database.Open();
        session.Execute("DELETE FROM export_job WHERE expires_at <= $1", time.GetUtcNow());
        return session.Query("SELECT id FROM export_job", row => row.Id(0)).ToHashSet();
    }

    private bool Update(Guid id, string set, params ReadOnlySpan<object?> values)
    {
        using Session session = database.Open();
        return session.Execute($"UPDATE export_job SET {set} WHERE id = $1 AND process = $2 AND state = 0", [id, process.Id, .. values]) == 1;
    }

    private static ExportJob Read(Row row) => new(
        row.Id(0),
        row.Text(1),
        row.Text(2),
        row.Text(3),
        row.Text(4),
        row.Time(5),
        (ExportState)row.Int(6),
        row.Int(7),
        JsonSerializer.Deserialize<ExportedFile[]>(row.Text(8))!,
        row.TimeOrNull(9));
}
