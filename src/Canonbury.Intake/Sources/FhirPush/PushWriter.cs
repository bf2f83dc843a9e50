using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Pipeline;
using Canonbury.Record.Writing;

namespace Canonbury.Intake.Sources.FhirPush;

/// <summary>
/// Writes what a FHIR client pushed in one commit. A write that succeeds is its own raw record; the inbox keeps the hash of what was sent (design,
/// section 4: ids).
/// </summary>
public sealed class PushWriter(RecordDatabase database, GroupCommitter committer, LinkDesk links, MessageIds ids, TimeProvider time)
{
    private const int MaxAttempts = 10;

    /// <summary>To be called before the search that the condition is about.</summary>
    /// <param name="name"><c>Type?criteria</c>, in one spelling for one meaning.</param>
    public WriteCondition Condition(SourceId source, string name)
    {
        int bucket = PatientId.Of(source, name).Bucket;
        using Session session = database.Open();
        return new WriteCondition(name, bucket, BucketRow.Read(session, bucket).Single.Position);
    }

    /// <summary>Completes when what was written is durable.</summary>
    /// <exception cref="InboxUnavailableException">The database does not take it now.</exception>
    public async Task<WriteOutcome> WriteAsync(FhirWrite write)
    {
        PushDraft draft = new(write, ids.Next(), time);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                IReadOnlyList<long> locks;
                using (Session session = database.Open())
                {
                    draft.Make(session);
                    locks = LinkDesk.LocksOf(session, IntakePipeline.Patients(draft.Record));
                }

                bool again = false;
                WriteOutcome Commit(Session session)
                {
                    bool isAgain = again;
                    again = true;
                    return Write(session, draft, isAgain);
                }

                return draft.Refusal
                    ?? (draft.WritesNothing ? draft.Outcome() : await committer.CommitAsync(draft.Bucket, Commit, locks: locks));
            }
            catch (Exception error) when (Session.IsDuplicateKey(error) && attempt < MaxAttempts)
            {
                // Somebody created one of the resources in the meantime: drafted again, it is an update.
                await Task.Yield();
            }
            catch (Exception error) when (Session.IsPassing(error) || Session.IsDuplicateKey(error))
            {
                throw new InboxUnavailableException($"The push was not stored ({error.GetType().Name}).", error);
            }
        }
    }

    /// <param name="again">The transaction was rolled back: what was drafted again inside it may rest on what never came to be.</param>
    private WriteOutcome Write(Session session, PushDraft draft, bool again)
    {
        for (int attempt = 1; again || !draft.Record.IsCurrent(session); attempt++)
        {
            again = false;
            draft.Make(session);
            if (draft.Refusal is { } refusal)
            {
                return refusal;
            }

            if (attempt > MaxAttempts)
            {
                return new WriteOutcome(new Problem(ProblemKind.Unavailable, "busy", "The resources are being written by others; try again."), []);
            }
        }

        links.Settle(session, IntakePipeline.Patients(draft.Record), time.GetUtcNow());
        RecordWriter.Write(session, draft.Record, time.GetUtcNow());
        draft.WriteReceipt(session);
        return draft.Outcome();
    }
}
