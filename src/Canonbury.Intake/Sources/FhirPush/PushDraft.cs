using Canonbury.Database;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Record.Writing;
using Canonbury.Translate;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Intake.Sources.FhirPush;

/// <summary>The entries of a push, folded into the resources that they are about.</summary>
internal sealed class PushDraft(FhirWrite write, Guid id, TimeProvider time)
{
    private const string Feed = "fhir";

    private readonly DateTimeOffset receivedAt = time.GetUtcNow();
    private readonly List<(PushEntry Entry, DraftedResource? Resource, bool Created)> made = [];

    public RecordDraft Record { get; private set; } = new();

    /// <summary>Why nothing may be written; null where it may.</summary>
    public WriteOutcome? Refusal { get; private set; }

    /// <summary>True where every entry found what it asked for, or deletes what is not there.</summary>
    public bool WritesNothing => write.Push.Entries.All(entry => entry.Statements.Count == 0);

    /// <summary>The bucket whose committer takes it: the lowest.</summary>
    public int Bucket => Record.Buckets.First();

    /// <summary>Reads and folds. It can be called again, when others wrote meanwhile.</summary>
    public void Make(Session session)
    {
        Record = new RecordDraft();
        Refusal = null;
        made.Clear();
        IReadOnlyList<PushEntry> entries = write.Push.Entries;
        Record.Cover(session, entries.SelectMany(entry => entry.Statements).Select(statement => statement.Owner.Bucket).DefaultIfEmpty(0).Min());
        foreach (WriteCondition condition in write.Conditions)
        {
            Record.Cover(session, condition.Bucket);
            if (Record.PositionOf(condition.Bucket) != condition.Position)
            {
                Refusal = WriteOutcome.Stale;
                return;
            }
        }

        Provenance provenance = new(write.Source, id, receivedAt, Stamp: null);
        foreach (PushEntry entry in entries)
        {
            Take(session, entry, provenance);
            if (Refusal is not null)
            {
                return;
            }
        }

        Record.Finish();
    }

    private void Take(Session session, PushEntry entry, Provenance provenance)
    {
        if (entry.Statements.Count == 0)
        {
            // RFC 9110 section 13.1.1: a version to match of what is not there does not match.
            Refusal = entry.IfMatch is null ? null : Refused(OtherVersion(entry));
            made.Add((entry, null, false));
            return;
        }

        if (!TryRead(session, entry))
        {
            return;
        }

        DraftedResource before = Record[entry.Statements[0]];
        bool created = before.Version == 0 || before.Deleted;
        Refusal = (entry.IfMatch ?? before.Version) != before.Version ? Refused(OtherVersion(entry))
            : entry.OnlyNew && !created ? Refused(new Problem(ProblemKind.VersionConflict, "already-exists", "The resource is there already.", entry.OnlyNewElement))
            : (entry.PatchOf ?? before.Version) != before.Version ? WriteOutcome.Stale
            : null;
        if (Refusal is not null)
        {
            return;
        }

        if (entry.Method == PushMethod.Delete && created)
        {
            made.Add((entry, before.Version == 0 ? null : before, false));
            return;
        }

        Record.Take(session, provenance, entry.Statements, receivedAt);
        made.Add((entry, Record[entry.Statements[0]], created));
    }

    private static WriteOutcome Refused(Problem problem) => new(problem, []);

    private static Problem OtherVersion(PushEntry entry) =>
        new(ProblemKind.VersionConflict, "version-conflict", "The version is not the newest.", entry.IfMatchElement);

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
            Refusal = Refused(new Problem(ProblemKind.Conflict, "id-taken", $"Another source has a {taken.ResourceType} of this id.", element));
            return false;
        }
    }

    /// <summary>Keeps the hash of what was sent, counts it and lists what was wrong with it. Counts the conditions up that it rested on.</summary>
    public void WriteReceipt(Session session)
    {
        foreach (int bucket in write.Conditions.Select(condition => condition.Bucket).Distinct().Where(bucket => !Record.Writes(bucket)))
        {
            BucketRow.Advance(session, bucket, Record.PositionOf(bucket) + 1);
        }

        session.Write(
            "INSERT INTO message_key (feed, control_id, hash, bucket, id) VALUES ($1, $2, $3, $4, $5)",
            Feed, id.ToString("D"), write.Hash, Bucket, id);
        session.Write(
            """
            INSERT INTO feed_count (bucket, feed, source, received, last_received_at, alarms) VALUES ($1, $2, $3, 1, $4, 0)
            ON CONFLICT (bucket, feed, source) DO UPDATE SET received = feed_count.received + 1, last_received_at = excluded.last_received_at
            """,
            Bucket, Feed, write.Source.Value, receivedAt);
        IReadOnlyList<Finding> findings = write.Push.Findings;
        for (int i = 0; i < findings.Count; i++)
        {
            session.Write(
                "INSERT INTO finding (bucket, message, number, source, path, code, words, found_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                Bucket, id, i, write.Source.Value, findings[i].Path, findings[i].Code, findings[i].Words, receivedAt);
        }
    }

    public WriteOutcome Outcome() => new(null, [.. made.Select(one => new WrittenEntry(one.Entry, one.Resource is null ? null : Stored(one.Resource), one.Created))]);

    private static OwnResource? Stored(DraftedResource resource) => resource.Newest() is { } newest
        ? new OwnResource(resource.Type, resource.FhirId, resource.Owner, newest.Version, newest.ReceivedAt, newest.Deleted, newest.Json)
        : null;
}
