using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Types;

namespace Canonbury.Record.Reading;

/// <summary>Reads the versions of resources, newest first, deletions among them. https://hl7.org/fhir/R4/http.html#history</summary>
public sealed class HistoryReader(RecordDatabase database, FindStanding standingOf)
{
    /// <summary>How many changes one stretch looks at: what others wrote in between must not hold a request for ever.</summary>
    private const int Budget = 10_000;

    private const int Chunk = 500;

    /// <summary>The versions of one resource; null where the grant shows no such resource.</summary>
    public IReadOnlyList<OwnResource>? OfOne(AccessGrant grant, string type, string id, HistoryTimes times)
    {
        Sight sight = new(grant, standingOf);
        ResourceKey key = ResourceKey.Of(type, id);
        using Session session = database.Open();
        if (PatientRows.Locate(session, key).Rows is not [(PatientId owner, SourceId source)] || !sight.Shows(source, owner, type))
        {
            return null;
        }

        OwnResource[] all = [.. OwnResourceReader.All(session, owner, key, type, id).OrderByDescending(version => version.Version)];

        // What is hidden now is hidden in all its versions.
        if (all.FirstOrDefault(version => !version.Deleted) is { } live && sight.Of(live, source) is null)
        {
            return null;
        }

        return [.. all.Where((version, at) => times.Contain(version, at == 0 ? null : all[at - 1].LastModified)).Select(version => sight.Of(version, source)).OfType<OwnResource>()];
    }

    /// <summary>A stretch of the history of all resources, or of all of one type, that the grant shows.</summary>
    public HistoryStretch OfMany(AccessGrant grant, HistoryWalk walk)
    {
        Sight sight = new(grant, standingOf);
        using Session session = database.Open();
        List<OwnResource> versions = [];
        HistoryPlace place = walk.Before;
        for (int seen = 0; seen < Budget; seen += Chunk)
        {
            List<Change> changes = Changes(session, place, walk.Times.Since);
            foreach (Change change in changes.Where(change => Wanted(sight, walk.Type, change)))
            {
                if (versions.Count == walk.Limit)
                {
                    return new HistoryStretch(versions, place);
                }

                if (Version(session, sight, change) is { } version && walk.Times.Contain(version, walk.Times.At is null ? null : Replaced(session, change)))
                {
                    versions.Add(version);
                    place = change.Place;
                }
            }

            if (changes.Count < Chunk)
            {
                return new HistoryStretch(versions, null);
            }

            place = changes[^1].Place;
        }

        return new HistoryStretch(versions, place);
    }

    private static bool Wanted(Sight sight, string? type, Change change) =>
        change.Source is { } source && (type is null || change.Key.Type == ResourceTypes.NumberOf(type)) && sight.Shows(source, change.Owner, ResourceTypes.NameOf(change.Key.Type));

    // A version is made before it is committed, never after.
    private static List<Change> Changes(Session session, HistoryPlace before, DateTimeOffset? since) => session.Query(
        """
        SELECT c.committed_at, c.bucket, c.position, c.patient, c.type, c.id, c.version, r.version, r.source, r.fhir_id
        FROM (SELECT committed_at, bucket, position, patient, type, id, version FROM change
          WHERE (committed_at, bucket, position) < ($1, $2, $3) AND committed_at >= $4
          ORDER BY committed_at DESC, bucket DESC, position DESC LIMIT $5) c
        LEFT JOIN resource r ON r.bucket = c.bucket AND r.patient = c.patient AND r.type = c.type AND r.id = c.id
        ORDER BY c.committed_at DESC, c.bucket DESC, c.position DESC
        """,
        Change.Of, before.CommittedAt, before.Bucket, before.Position, since is { } from ? Micros.Of(from) : long.MinValue, Chunk);

    private static OwnResource? Version(Session session, Sight sight, Change change)
    {
        SourceId source = change.Source!.Value;
        string type = ResourceTypes.NameOf(change.Key.Type);
        OwnResource? version = Row(session, change, change.Version, (row, id) => new OwnResource(
            type, id, change.Owner, change.Version, row.Time(0), row.Flag(1), Envelope.Unwrap(row.Bytes(2))));
        return version is null || (sight.HidesSome && IsHidden(session, sight, change, type, source)) ? null : sight.Of(version, source);
    }

    // What is hidden now is hidden in all its versions.
    private static bool IsHidden(Session session, Sight sight, Change change, string type, SourceId source) =>
        PatientRows.Locate(session, change.Key).Rows is not [(PatientId owner, _)]
        || OwnResourceReader.LastLive(session, owner, change.Key, type, change.FhirId) is not { } live
        || sight.Of(live, source) is null;

    private static DateTimeOffset? Replaced(Session session, Change change) => change.IsNewest ? null : Row(
        session, change, change.Version + 1, (row, id) => new OwnResource("", id, change.Owner, 0, row.Time(0), row.Flag(1), Envelope.Unwrap(row.Bytes(2))))?.LastModified;

    private static T? Row<T>(Session session, Change change, int version, Func<Row, string, T> read)
    {
        string table = version == change.NewestVersion ? "resource" : "resource_version";
        return session.Ask(
            $"SELECT received_at, deleted, content FROM {table} WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4 AND version = $5",
            row => read(row, change.FhirId), change.Owner.Bucket, change.Owner.Value, change.Key.Type, change.Key.Id, version).Single;
    }

    /// <summary>One row of the changes, with what its resource is now; no source where there is no such resource any more.</summary>
    private sealed record Change(HistoryPlace Place, PatientId Owner, ResourceKey Key, int Version, int NewestVersion, SourceId? Source, string FhirId)
    {
        public bool IsNewest => Version == NewestVersion;

        public static Change Of(Row row) => new(
            new HistoryPlace(row.Long(0), row.Int(1), row.Long(2)),
            new PatientId(row.Id(3)),
            new ResourceKey(row.Int(4), row.Id(5)),
            row.Int(6),
            row.IsNull(7) ? 0 : row.Int(7),
            row.TextOrNull(8) is { } source ? new SourceId(source) : null,
            row.TextOrNull(9) ?? row.Id(5).ToString("D"));
    }
}
