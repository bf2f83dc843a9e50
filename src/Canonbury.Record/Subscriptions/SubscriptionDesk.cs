using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Canonbury.Record.Writing;
using Hl7.Fhir.Model;
using Provenance = Canonbury.Record.Writing.Provenance;

namespace Canonbury.Record.Subscriptions;

/// <summary>
/// Reads a subscription for the server itself, and writes what became of it: <c>status</c> and <c>error</c>, as a version of its own. A version that the
/// client has written meanwhile stays as it is.
/// </summary>
public sealed class SubscriptionDesk(RecordDatabase database, GroupCommitter committer, TimeProvider time)
{
    /// <summary>The newest version; null where there is none, or it is deleted.</summary>
    public StoredSubscription? Find(Guid key)
    {
        using Session session = database.Open();
        return StoredSubscription.Find(session, key);
    }

    /// <summary>Those of one client.</summary>
    public IReadOnlyList<StoredSubscription> OfSource(SourceId source)
    {
        using Session session = database.Open();
        return [.. StoredSubscription.All(session).Where(one => one.Source == source)];
    }

    /// <returns>The subscription as it is now; null where somebody else wrote it.</returns>
    public async Task<StoredSubscription?> WriteStatusAsync(StoredSubscription known, Subscription.SubscriptionStatus status, string? error)
    {
        Subscription changed = (Subscription)known.Resource.DeepCopy();
        changed.Status = status;
        changed.Error = error;
        ResourceStatement[] statements = [new ResourceStatement { Content = Sendable(changed), Mode = StatementMode.Snapshot, Owner = PatientId.Nobody }];
        DateTimeOffset now = time.GetUtcNow();
        Provenance provenance = new(known.Source, Guid.CreateVersion7(now), now, Stamp: null);
        int? version = await committer.CommitAsync<int?>(PatientId.Nobody.Bucket, session =>
        {
            // Read under the lock of the only bucket: with so few writes, a draft that was made before would be no quicker.
            _ = BucketRow.Lock(session, PatientId.Nobody.Bucket).Single;
            RecordDraft draft = new();
            draft.Read(session, known.Source, statements);
            if (draft[statements[0]] is not { Deleted: false } stored || stored.Version != known.Version)
            {
                return null;
            }

            draft.Take(session, provenance, statements, now);
            draft.Finish();
            RecordWriter.Write(session, draft, now);
            return stored.Version;
        });
        return version is { } written ? known with { Version = written, Resource = changed } : null;
    }

    // The version's own meta is the writer's to set.
    private static Subscription Sendable(Subscription changed)
    {
        Subscription copy = (Subscription)changed.DeepCopy();
        if (copy.Meta is { } meta)
        {
            meta.VersionId = null;
            meta.LastUpdatedElement = null;
            meta.Source = null;
            copy.Meta = meta.Profile.Any() || meta.Tag.Count > 0 || meta.Security.Count > 0 || meta.Extension.Count > 0 ? meta : null;
        }

        return copy;
    }
}
