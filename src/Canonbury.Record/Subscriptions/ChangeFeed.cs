using Canonbury.Database;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Subscriptions;

/// <summary>What is new in a bucket: after the cursor, up to the position that was there when the subscriptions were read.</summary>
public readonly record struct BucketSpan(int Bucket, long After, long UpTo);

/// <summary>
/// Reads the changes of each bucket in commit order. A bucket's position is counted under the lock of its row, so up to a position that is seen every
/// change is there, and none comes up behind a cursor.
/// </summary>
public sealed class ChangeFeed(RecordDatabase database, FindStanding standingOf)
{
    private IReadOnlyList<StoredSubscription> subscriptions = [];
    private long subscriptionsAt = -1;

    /// <summary>The buckets in which something is new, and the subscriptions: read after the positions, so that what a subscription asks for is not missed.</summary>
    public (IReadOnlyList<BucketSpan> Spans, IReadOnlyList<StoredSubscription> Subscriptions) Look()
    {
        using Session session = database.Open();
        Dictionary<int, long> cursors = session.Query("SELECT bucket, position FROM subscription_cursor", row => KeyValuePair.Create(row.Int(0), row.Long(1))).ToDictionary();
        List<(int Bucket, long Position)> buckets = BucketRow.All(session);
        List<BucketSpan> spans = [.. buckets
            .Where(bucket => bucket.Position > cursors.GetValueOrDefault(bucket.Bucket))
            .Select(bucket => new BucketSpan(bucket.Bucket, cursors.GetValueOrDefault(bucket.Bucket), bucket.Position))];

        // Every write of a subscription counts up the position of its bucket.
        long position = buckets.Find(bucket => bucket.Bucket == PatientId.Nobody.Bucket).Position;
        if (position != subscriptionsAt)
        {
            subscriptions = StoredSubscription.All(session);
            subscriptionsAt = position;
        }

        return (spans, subscriptions);
    }

    /// <summary>The changes of a span that are of wanted types, oldest first, and up to where it was read.</summary>
    public (IReadOnlyList<FeedChange> Changes, long UpTo) Read(BucketSpan span, Func<string, bool> wanted, int most)
    {
        using Session session = database.Open();
        List<Row> rows = session.Query(
            """
            SELECT c.position, c.patient, c.type, c.id, c.version, c.committed_at, r.source, r.fhir_id FROM change c
            JOIN resource r ON r.bucket = c.bucket AND r.patient = c.patient AND r.type = c.type AND r.id = c.id
            WHERE c.bucket = $1 AND c.position > $2 AND c.position <= $3 ORDER BY c.position LIMIT $4
            """,
            row => new Row(row.Long(0), new PatientId(row.Id(1)), new ResourceKey(row.Int(2), row.Id(3)), row.Int(4), row.Time(5), new SourceId(row.Text(6)), row.TextOrNull(7)),
            span.Bucket, span.After, span.UpTo, most);
        List<FeedChange> changes = [.. rows.Where(row => wanted(row.Type)).Select(row => Change(session, row)).OfType<FeedChange>()];
        return (changes, rows.Count < most ? span.UpTo : rows[^1].Position);
    }

    private FeedChange? Change(Session session, Row row)
    {
        OwnResource? Version(int version) => PatientRows.Version(session, row.Owner, row.Key, version).Single is { } found
            ? new OwnResource(row.Type, row.FhirId, row.Owner, version, found.ReceivedAt, found.Deleted, found.Json)
            : null;
        return Version(row.Version) is { } after
            ? new FeedChange(row.Source, row.Version > 1 ? Version(row.Version - 1) : null, after, row.CommittedAt, standingOf)
            : null;
    }

    private sealed record Row(long Position, PatientId Owner, ResourceKey Key, int Version, DateTimeOffset CommittedAt, SourceId Source, string? Spelling)
    {
        public string Type => ResourceTypes.NameOf(Key.Type);

        public string FhirId => Spelling ?? Key.Id.ToString("D");
    }
}
