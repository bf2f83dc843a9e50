using System.Security.Cryptography;
using Canonbury.Database;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Record.Writing;
using Canonbury.Translate;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Intake.Sources.FhirPush;

/// <summary>The entries of one commit of a push, folded into the resources that they are about.</summary>
internal sealed class PushDraft(FhirWrite write, IReadOnlyList<PushEntry> entries, IReadOnlyList<Finding> findings, Guid id, TimeProvider time)
{
    private const string Feed = "fhir";

    private readonly DateTimeOffset receivedAt = time.GetUtcNow();
    private readonly List<(PushEntry Entry, DraftedResource? Resource, bool Created)> made = [];

    public RecordDraft Record { get; private set; } = new();

    /// <summary>Why nothing may be written; null where it may.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The bucket whose committer takes it: the lowest.</summary>
    public int Bucket => Record.Buckets.First();

    /// <summary>Reads and folds. It can be called again, when others wrote meanwhile.</summary>
    public void Make(Session session)
    {
        Record = new RecordDraft();
        Problem = null;
        made.Clear();
        Record.Cover(session, entries.SelectMany(entry => entry.Statements).Select(statement => statement.Owner.Bucket).DefaultIfEmpty(0).Min());
        Provenance provenance = new(write.Source, id, receivedAt, Stamp: null);
        foreach (PushEntry entry in entries)
        {
            if (entry.Statements.Count == 0)
            {
                made.Add((entry, null, false));
                continue;
            }

            if (!TryRead(session, entry))
            {
                return;
            }

            DraftedResource before = Record[entry.Statements[0]];
            bool created = before.Version == 0 || before.Deleted;
            if (entry.IfMatch is { } expected && expected != before.Version)
            {
                Problem = new Problem(ProblemKind.VersionConflict, "version-conflict", "The version is not the newest.", entry.IfMatchElement);
                return;
            }

            if (entry.Method == PushMethod.Delete && created)
            {
                made.Add((entry, before.Version == 0 ? null : before, false));
                continue;
            }

            Record.Take(session, provenance, entry.Statements, receivedAt);
            made.Add((entry, Record[entry.Statements[0]], created));
        }

        Record.Finish();
    }

    private bool TryRead(Session session, PushEntry entry)
    {
        try
        {
            Record.Read(session, write.Source, entry.Statements);
            return true;
        }
        catch (ResourceTakenException taken)
        {
            // A document states the patient inside it, too.
            string element = taken.ResourceType == entry.Type ? entry.Element + ".id" : entry.Element + ".entry";
            Problem = new Problem(ProblemKind.Conflict, "id-taken", $"Another source has a {taken.ResourceType} of this id.", element);
            return false;
        }
    }

    /// <summary>Keeps the hash of what was sent, counts it and lists what was wrong with it.</summary>
    public void WriteReceipt(Session session)
    {
        session.Write(
            "INSERT INTO message_key (feed, control_id, hash, bucket, id) VALUES ($1, $2, $3, $4, $5)",
            Feed, id.ToString("D"), SHA256.HashData(write.Body.Span)[..16], Bucket, id);
        session.Write(
            """
            INSERT INTO feed_count (bucket, feed, source, received, last_received_at, alarms) VALUES ($1, $2, $3, 1, $4, 0)
            ON CONFLICT (bucket, feed, source) DO UPDATE SET received = feed_count.received + 1, last_received_at = excluded.last_received_at
            """,
            Bucket, Feed, write.Source.Value, receivedAt);
        for (int i = 0; i < findings.Count; i++)
        {
            session.Write(
                "INSERT INTO finding (bucket, message, number, source, path, code, words, found_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                Bucket, id, i, write.Source.Value, findings[i].Path, findings[i].Code, findings[i].Words, receivedAt);
        }
    }

    public WriteOutcome Outcome() => new(null, [.. made.Select(one => new WrittenEntry(one.Entry, one.Resource is null ? null : Stored(one.Resource), one.Created, null))]);

    private static OwnResource? Stored(DraftedResource resource) => resource.Newest() is { } newest
        ? new OwnResource(resource.Type, resource.FhirId, resource.Owner, newest.Version, newest.ReceivedAt, newest.Deleted, newest.Json)
        : null;
}
