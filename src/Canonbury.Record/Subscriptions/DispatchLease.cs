using Canonbury.Database;
using Canonbury.Database.Leases;

namespace Canonbury.Record.Subscriptions;

/// <summary>
/// One process at a time finds events and sends notifications. Clocks decide only who may ask: each write checks the epoch while it holds the row, so
/// a process that was paused past its lease writes nothing.
/// </summary>
public sealed class DispatchLease(RecordDatabase database, ProcessIdentity process, TimeProvider time)
{
    private long epoch = -1;

    /// <summary>A process that was silent for this long has lost the lease.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(6);

    /// <summary>The epoch under which this process holds the lease; null where it does not.</summary>
    public long? Epoch => Volatile.Read(ref epoch) is var held and >= 0 ? held : null;

    /// <summary>Keeps the lease, or takes it where it is free. Call it every <see cref="Duration"/> / 3.</summary>
    public bool Renew()
    {
        DateTimeOffset now = time.GetUtcNow();
        using Session session = database.Open();
        if (Epoch is { } held && session.Execute(
            "UPDATE subscription_dispatch SET until = $1 WHERE name = 'dispatcher' AND owner = $2 AND epoch = $3", now + Duration, process.Id, held) == 1)
        {
            return true;
        }

        bool taken = session.Execute(
            "UPDATE subscription_dispatch SET owner = $1, epoch = epoch + 1, until = $2 WHERE name = 'dispatcher' AND (owner IS NULL OR until <= $3)",
            process.Id, now + Duration, now) == 1;
        long mine = taken
            ? session.Query("SELECT epoch FROM subscription_dispatch WHERE name = 'dispatcher' AND owner = $1", row => row.Long(0), process.Id).FirstOrDefault(-1)
            : -1;
        Volatile.Write(ref epoch, mine);
        return mine >= 0;
    }

    /// <summary>A write found that the lease is another process's now.</summary>
    internal void Lost(long held) => Interlocked.CompareExchange(ref epoch, -1, held);

    /// <summary>Gives the lease back at an orderly stop.</summary>
    public void Release()
    {
        long held = Interlocked.Exchange(ref epoch, -1);
        using Session session = database.Open();
        session.Execute("UPDATE subscription_dispatch SET owner = NULL, epoch = epoch + 1 WHERE owner = $1 AND epoch = $2", process.Id, held);
    }

    /// <summary>Locks the row for the rest of the transaction and says whether the lease is still held under this epoch.</summary>
    internal static bool IsHeld(Session session, long epoch) => session.Query(
        "SELECT epoch FROM subscription_dispatch WHERE name = 'dispatcher'" + session.Dialect.ForUpdate, row => row.Long(0)) is [var now] && now == epoch;
}
