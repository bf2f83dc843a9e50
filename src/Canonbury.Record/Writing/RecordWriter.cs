using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Ids;

namespace Canonbury.Record.Writing;

/// <summary>
/// Writes a draft: versions, newest rows, locators, mentions and change rows. It runs in the transaction that holds the draft's buckets
/// (<see cref="RecordDraft.IsCurrent"/>), so a bucket's order of changes is its commit order.
/// </summary>
public static class RecordWriter
{
    public static void Write(Session session, RecordDraft draft, DateTimeOffset now)
    {
        Dictionary<int, long> positions = [];
        foreach (DraftedResource resource in draft.Touched)
        {
            int bucket = resource.Owner.Bucket;
            long position = positions.GetValueOrDefault(bucket, draft.PositionOf(bucket));
            WriteResource(session, resource, position);
            foreach (DraftedVersion version in resource.Issued)
            {
                session.Write(
                    "INSERT INTO change (bucket, position, patient, type, id, version, committed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    bucket, ++position, resource.Owner.Value, resource.Key.Type, resource.Key.Id, version.Version, now);
            }

            positions[bucket] = position;
        }

        // A fold that issued no version still counts as a write: whoever read the old state must read again.
        foreach ((int bucket, long position) in positions)
        {
            BucketRow.Advance(session, bucket, Math.Max(position, draft.PositionOf(bucket) + 1));
        }
    }

    private static void WriteResource(Session session, DraftedResource resource, long position)
    {
        if (resource.Issued.Count == 0)
        {
            // The source has said the same again, or something older: the content stands, and by its newest statement.
            session.Write(
                "UPDATE resource SET fold = $1, source_time = $2 WHERE bucket = $3 AND patient = $4 AND type = $5 AND id = $6",
                resource.Fold!.ToBytes(), resource.Fold.Newest?.At ?? DateTimeOffset.UnixEpoch, resource.Owner.Bucket, resource.Owner.Value, resource.Key.Type, resource.Key.Id);
            return;
        }

        if (resource.IsStored || resource.Continues)
        {
            // A resource that comes back to a patient finds the tombstone that it left there.
            session.Write(
                """
                INSERT INTO resource_version (bucket, patient, type, id, version, source_time, received_at, position, deleted, message, content)
                SELECT bucket, patient, type, id, version, source_time, received_at, position, deleted, message, content
                FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4
                """,
                resource.Owner.Bucket, resource.Owner.Value, resource.Key.Type, resource.Key.Id);
        }

        for (int i = 0; i < resource.Issued.Count - 1; i++)
        {
            WritePassing(session, resource, resource.Issued[i], position + i + 1);
        }

        WriteNewest(session, resource, resource.Issued[^1], position + resource.Issued.Count);
        if (!resource.IsStored)
        {
            WriteLocator(session, resource);
        }

        WriteMentions(session, resource);
        Posting.Replace(session, resource);
    }

    private static void WriteMentions(Session session, DraftedResource resource)
    {
        foreach (PatientId gone in resource.MentionsBefore.Except(resource.Fold!.Mentions))
        {
            session.Write(
                "DELETE FROM mention WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4",
                gone.Bucket, gone.Value, resource.Key.Type, resource.Key.Id);
        }

        foreach (PatientId mentioned in resource.Fold.Mentions)
        {
            session.Write(
                """
                INSERT INTO mention (bucket, patient, type, id, owner_bucket, owner_patient) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (bucket, patient, type, id) DO UPDATE SET owner_bucket = excluded.owner_bucket, owner_patient = excluded.owner_patient
                """,
                mentioned.Bucket, mentioned.Value, resource.Key.Type, resource.Key.Id, resource.Owner.Bucket, resource.Owner.Value);
        }
    }

    /// <summary>A version that another message of the same draft has replaced already.</summary>
    private static void WritePassing(Session session, DraftedResource resource, DraftedVersion version, long position) => session.Write(
        """
        INSERT INTO resource_version (bucket, patient, type, id, version, source_time, received_at, position, deleted, message, content)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        resource.Owner.Bucket, resource.Owner.Value, resource.Key.Type, resource.Key.Id, version.Version, version.SourceTime,
        version.ReceivedAt, position, version.Deleted, version.Message, Envelope.Wrap(version.Json, ContentKind.Resource));

    private static void WriteNewest(Session session, DraftedResource resource, DraftedVersion version, long position) => session.Write(
        """
        INSERT INTO resource (bucket, patient, type, id, version, source, fhir_id, source_time, received_at, position, deleted, message, card, fold, content, search)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (bucket, patient, type, id) DO UPDATE SET version = excluded.version, source_time = excluded.source_time,
          received_at = excluded.received_at, position = excluded.position, deleted = excluded.deleted, message = excluded.message,
          card = excluded.card, fold = excluded.fold, content = excluded.content, search = excluded.search
        """,
        resource.Owner.Bucket, resource.Owner.Value, resource.Key.Type, resource.Key.Id, version.Version, resource.Source.Value,
        ResourceKey.Spelling(resource.FhirId), resource.Fold!.Newest?.At ?? version.SourceTime, version.ReceivedAt, position, version.Deleted, version.Message,
        resource.NewestCard, resource.Fold.ToBytes(), resource.NewestContent, resource.NewestSearch);

    // A duplicate means that the resource came up elsewhere meanwhile: the transaction fails, and its work is drafted again.
    private static void WriteLocator(Session session, DraftedResource resource)
    {
        const string Values = "INSERT INTO locator (id, type, bucket, patient, source) VALUES ($1, $2, $3, $4, $5)";
        const string Moved = Values + " ON CONFLICT (id, type) DO UPDATE SET bucket = excluded.bucket, patient = excluded.patient";
        session.Write(
            resource.Continues ? Moved : Values,
            resource.Key.Id, resource.Key.Type, resource.Owner.Bucket, resource.Owner.Value, resource.Source.Value);
    }
}
