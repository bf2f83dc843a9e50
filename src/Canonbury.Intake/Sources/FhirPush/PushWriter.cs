using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Fhir.Problems;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Pipeline;
using Canonbury.Record.Writing;
using Canonbury.Translate;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Intake.Sources.FhirPush;

/// <summary>
/// Writes what a FHIR client pushed: a transaction in one commit, a batch entry by entry. A write that succeeds is its own raw record; the
/// inbox keeps the hash of what was sent (design, section 4: ids).
/// </summary>
public sealed class PushWriter(RecordDatabase database, GroupCommitter committer, LinkDesk links, MessageIds ids, TimeProvider time)
{
    private const int MaxAttempts = 10;

    /// <summary>Completes when what was written is durable.</summary>
    /// <exception cref="InboxUnavailableException">The database does not take it now.</exception>
    public async Task<WriteOutcome> WriteAsync(FhirWrite write)
    {
        if (write.Push.Atomic)
        {
            return await WriteAsync(write, write.Push.Entries, write.Push.Findings);
        }

        List<WrittenEntry> written = [];
        foreach (PushEntry entry in write.Push.Entries)
        {
            WriteOutcome outcome = entry.Problem is null ? await WriteAsync(write, [entry], []) : new WriteOutcome(entry.Problem, []);
            written.Add(outcome.Problem is null ? outcome.Entries[0] : new WrittenEntry(entry, null, false, outcome.Problem));
        }

        return new WriteOutcome(null, written);
    }

    private async Task<WriteOutcome> WriteAsync(FhirWrite write, IReadOnlyList<PushEntry> entries, IReadOnlyList<Finding> findings)
    {
        PushDraft draft = new(write, entries, findings, ids.Next(), time);
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

                return draft.Problem is { } problem
                    ? new WriteOutcome(problem, [])
                    : await committer.CommitAsync(draft.Bucket, Commit, locks: locks);
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
            if (draft.Problem is { } problem || attempt > MaxAttempts)
            {
                return new WriteOutcome(draft.Problem ?? new Problem(ProblemKind.Unavailable, "busy", "The resources are being written by others; try again."), []);
            }
        }

        links.Settle(session, IntakePipeline.Patients(draft.Record), time.GetUtcNow());
        RecordWriter.Write(session, draft.Record, time.GetUtcNow());
        draft.WriteReceipt(session);
        return draft.Outcome();
    }
}
