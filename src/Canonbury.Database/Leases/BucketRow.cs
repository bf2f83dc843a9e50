namespace Canonbury.Database.Leases;

/// <summary>
/// The row that orders a bucket: whoever holds it (a row lock on PostgreSQL, the one writer on SQLite) may write the bucket until the
/// transaction ends. It carries the commit position, so a bucket's order is its commit order.
/// </summary>
public static class BucketRow
{
    /// <summary>Locks the bucket and asks for its position and the epoch of its lease.</summary>
    public static Answer<(long Position, long Epoch)> Lock(Session session, int bucket) => session.Ask(
        "SELECT position, epoch FROM bucket WHERE bucket = $1" + session.Dialect.ForUpdate, row => (row.Long(0), row.Long(1)), bucket);

    /// <summary>The same without locking, for reading before the transaction.</summary>
    public static Answer<(long Position, long Epoch)> Read(Session session, int bucket) =>
        session.Ask("SELECT position, epoch FROM bucket WHERE bucket = $1", row => (row.Long(0), row.Long(1)), bucket);

    /// <summary>The position of every bucket.</summary>
    public static List<(int Bucket, long Position)> All(Session session) =>
        session.Query("SELECT bucket, position FROM bucket", row => (row.Int(0), row.Long(1)));

    public static void Advance(Session session, int bucket, long position) =>
        session.Write("UPDATE bucket SET position = $1 WHERE bucket = $2", position, bucket);
}
