using Microsoft.Extensions.Logging;

namespace Canonbury.Database.Leases;

/// <summary>
/// Shares the buckets among the processes on one database. A lease has an epoch that every write of an inbox message checks while it holds the
/// bucket's row (<see cref="BucketRow"/>), so a process that was paused past its lease cannot write; clocks decide only who may ask.
/// </summary>
public sealed class BucketLeases(RecordDatabase database, ProcessIdentity process, TimeProvider clock, ILogger<BucketLeases> log)
{
    /// <summary>How many buckets there are; a constant of the schema.</summary>
    public const int Count = 1024;

    private readonly long[] epochs = [.. Enumerable.Repeat(-1L, Count)];

    /// <summary>A process that was silent for this long has lost its buckets.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(6);

    /// <summary>After so long the row of a process that died is taken away.</summary>
    private static TimeSpan Forgotten { get; } = TimeSpan.FromDays(1);

    /// <summary>The epoch under which this process holds the bucket, or null where it does not.</summary>
    public long? EpochOf(int bucket)
    {
        long epoch = Volatile.Read(ref epochs[bucket]);
        return epoch < 0 ? null : epoch;
    }

    /// <summary>The write found that another process has the bucket now.</summary>
    public void Lost(int bucket) => Volatile.Write(ref epochs[bucket], -1);

    /// <summary>
    /// Says that this process is alive, gives back what is more than its share and takes what is free.
    /// Call it every <see cref="Duration"/> / 3. Returns the buckets gained.
    /// </summary>
    public IReadOnlyList<int> Renew()
    {
        DateTimeOffset now = clock.GetUtcNow();
        using Session session = database.Open();
        session.Write(
            "INSERT INTO process (id, name, started_at, heartbeat_at) VALUES ($1, $2, $3, $3) ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at",
            process.Id, process.Name, now);
        session.Write("DELETE FROM process WHERE heartbeat_at < $1", now - Forgotten);
        int alive = session.Query("SELECT count(*) FROM process WHERE heartbeat_at > $1", row => row.Int(0), now - Duration)[0];
        int share = (Count + alive - 1) / alive;

        session.Begin();
        try
        {
            Balance(session, share, now);
            Dictionary<int, long> held = session
                .Query("SELECT bucket, epoch FROM bucket WHERE owner = $1", row => KeyValuePair.Create(row.Int(0), row.Long(1)), process.Id)
                .ToDictionary();
            session.Commit();
            return Remember(held, alive);
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    /// <summary>Gives everything back at an orderly stop, so that another process need not wait for the leases to end.</summary>
    public void Release()
    {
        Array.Fill(epochs, -1L);
        using Session session = database.Open();
        session.Execute("UPDATE bucket SET owner = NULL, epoch = epoch + 1 WHERE owner = $1", process.Id);
        session.Execute("DELETE FROM process WHERE id = $1", process.Id);
    }

    private void Balance(Session session, int share, DateTimeOffset now)
    {
        // Rows that somebody is writing at this moment are passed over until the next time.
        List<(int Bucket, bool Mine, bool Free)> rows = session.Query(
            "SELECT b.bucket, b.owner, p.heartbeat_at FROM bucket b LEFT JOIN process p ON p.id = b.owner ORDER BY b.bucket" + session.Dialect.ForUpdateSkipLocked("b"),
            row => (row.Int(0), row.IdOrNull(1) == process.Id, row.IsNull(2) || row.Time(2) <= now - Duration));
        int mine = rows.Count(row => row.Mine);
        foreach ((int bucket, bool held, bool free) in rows)
        {
            if (held && mine > share)
            {
                // The epoch grows when the lease is given back, too: what is still queued here must not be written.
                session.Write("UPDATE bucket SET owner = NULL, epoch = epoch + 1 WHERE bucket = $1", bucket);
                mine--;
            }
            else if (!held && free && mine < share)
            {
                session.Write("UPDATE bucket SET owner = $1, epoch = epoch + 1 WHERE bucket = $2", process.Id, bucket);
                mine++;
            }
        }
    }

    private List<int> Remember(Dictionary<int, long> held, int alive)
    {
        List<int> gained = [];
        for (int bucket = 0; bucket < Count; bucket++)
        {
            long epoch = held.GetValueOrDefault(bucket, -1);
            if (Interlocked.Exchange(ref epochs[bucket], epoch) != epoch && epoch >= 0)
            {
                gained.Add(bucket);
            }
        }

        if (gained.Count > 0)
        {
            log.LogInformation("This process now holds {Held} of {All} buckets ({Alive} processes alive).", held.Count, Count, alive);
        }

        return gained;
    }
}
