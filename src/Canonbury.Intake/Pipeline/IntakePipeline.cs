using System.Diagnostics;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources;
using Canonbury.Record.Writing;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Intake.Pipeline;

/// <summary>One step of the pipeline. A step of the commit runs again when its transaction does.</summary>
public sealed record PipelineStep(string Name, Action<Session, PipelineWork> Run);

/// <summary>
/// What happens to messages after they are durable, as a table of contents: they are translated and folded beside each other, then identified,
/// written and marked done in one commit, so that a message is in the record once or not at all.
/// </summary>
public sealed class IntakePipeline
{
    /// <summary>How often a transaction is drafted again because somebody wrote to its buckets.</summary>
    private const int MaxDrafts = 5;

    /// <summary>How often a message is tried alone before it becomes a dead letter.</summary>
    private const int MaxAttempts = 3;

    private static readonly ActivitySource Activities = new(IntakeMetrics.MeterName);

    private readonly RecordDatabase database;
    private readonly BlockingReads reads;
    private readonly GroupCommitter committer;
    private readonly LinkDesk links;
    private readonly TimeProvider time;
    private readonly IntakeMetrics metrics;
    private readonly StepReached reached;
    private readonly ILogger<IntakePipeline> log;

    public IntakePipeline(
        RecordDatabase database, BlockingReads reads, GroupCommitter committer, LinkDesk links, IntakeMetrics metrics, TimeProvider time, StepReached reached,
        ILogger<IntakePipeline> log)
    {
        this.database = database;
        this.reads = reads;
        this.committer = committer;
        this.links = links;
        this.time = time;
        this.metrics = metrics;
        this.reached = reached;
        this.log = log;
        BeforeCommit = [new("Translate", Translate), new("Fold", Fold)];
        InCommit = [new("CheckLease", CheckLease), new("IdentifyPerson", IdentifyPerson), new("WriteRecord", WriteRecord), new("MarkDone", MarkDone)];
    }

    public IReadOnlyList<PipelineStep> BeforeCommit { get; }

    public IReadOnlyList<PipelineStep> InCommit { get; }

    /// <summary>Takes messages of one bucket through all steps; returns when what became of them is durable.</summary>
    /// <exception cref="LeaseLostException">Another process has the bucket; nothing was written.</exception>
    /// <exception cref="Exception">An outage: nothing was written, and the messages still wait.</exception>
    public async Task RunAsync(int bucket, long epoch, IReadOnlyList<InboxMessage> messages)
    {
        try
        {
            await CommitAsync(new PipelineWork(bucket, epoch, messages));
        }
        catch (Exception error) when (!Session.IsPassing(error) && error is not LeaseLostException)
        {
            // One of them is at fault; alone, the others pass.
            foreach (InboxMessage message in messages)
            {
                await RunAloneAsync(bucket, epoch, message);
            }
        }
    }

    /// <summary>What fails once may be a race with another writer; what fails each time would stop the bucket.</summary>
    private async Task RunAloneAsync(int bucket, long epoch, InboxMessage message)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await CommitAsync(new PipelineWork(bucket, epoch, [message]));
                return;
            }
            catch (Exception error) when (!Session.IsPassing(error) && error is not LeaseLostException)
            {
                if (attempt == MaxAttempts)
                {
                    await BuryAsync(bucket, epoch, message, error);
                    return;
                }
            }
        }
    }

    private async Task CommitAsync(PipelineWork work)
    {
        using Activity? activity = Activities.StartActivity("process messages");
        activity?.SetTag("canonbury.bucket", work.Bucket).SetTag("canonbury.messages", work.Messages.Count);
        IReadOnlyList<long> locks = await reads.RunAsync(() => Draft(work));
        bool isFirst = true;
        int Commit(Session session)
        {
            if (!isFirst)
            {
                // What was drafted again inside a transaction that was rolled back may rest on what never came to be.
                Fold(session, work);
            }

            isFirst = false;
            Run(InCommit, session, work);
            reached("Commit");
            return 0;
        }

        await committer.CommitAsync(work.Bucket, Commit, locks: locks);
        reached("Committed");
        DateTimeOffset now = time.GetUtcNow();
        foreach (MessageWork item in work.Waiting)
        {
            metrics.Processed(item.Message.Feed, now - item.Message.ReceivedAt, item.Refused?.Code);
        }
    }

    private IReadOnlyList<long> Draft(PipelineWork work)
    {
        using Session session = database.Open();
        Run(BeforeCommit, session, work);
        return LinkDesk.LocksOf(session, Patients(work.Draft));
    }

    private void Run(IReadOnlyList<PipelineStep> steps, Session session, PipelineWork work)
    {
        foreach (PipelineStep step in steps)
        {
            reached(step.Name);
            step.Run(session, work);
        }
    }

    private void Translate(Session session, PipelineWork work)
    {
        foreach (MessageWork item in work.Messages)
        {
            InboxMessage message = item.Message;
            try
            {
                Translation translation = Hl7v2Translator.Translate(message.Raw, new TranslationContext(message.Source, message.Zone, message.ReceivedAt));
                item.Translation = translation;
                item.Statements = translation.Merges.Count == 0
                    ? translation.Statements
                    : [.. translation.Statements, .. translation.Merges.Select(PipelineWork.Merged)];
            }
            catch (UntranslatableException unusable)
            {
                item.Refused = new Finding(unusable.Path, unusable.Code, unusable.Words);
            }
        }
    }

    private void Fold(Session session, PipelineWork work)
    {
        work.Draft = new RecordDraft();
        work.Draft.Cover(session, work.Bucket);

        // Read after the bucket's position: as long as that has not changed, this has not.
        IReadOnlyDictionary<Guid, bool> waiting = MessageTable.StillWaiting(session, work.Bucket, [.. work.Messages.Select(item => item.Message.Id)]);
        foreach (MessageWork item in work.Messages)
        {
            item.Waits = waiting.TryGetValue(item.Message.Id, out bool isNew);
            item.IsNew = isNew;
        }

        foreach (MessageWork item in work.Waiting.Where(item => item.Refused is null))
        {
            work.Draft.Take(session, item.Provenance, item.Statements, time.GetUtcNow());
        }

        work.Draft.Finish();
    }

    private void CheckLease(Session session, PipelineWork work)
    {
        for (int draft = 1; !work.Draft.IsCurrent(session); draft++)
        {
            if (draft > MaxDrafts)
            {
                throw new InvalidOperationException("The buckets of a message changed under their locks.");
            }

            Fold(session, work);
        }

        if (work.Draft.EpochOf(work.Bucket) != work.Epoch)
        {
            throw new LeaseLostException(work.Bucket);
        }
    }

    private void IdentifyPerson(Session session, PipelineWork work) => links.Settle(session, Patients(work.Draft), time.GetUtcNow());

    private void WriteRecord(Session session, PipelineWork work) => RecordWriter.Write(session, work.Draft, time.GetUtcNow());

    private void MarkDone(Session session, PipelineWork work)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (MessageWork item in work.Waiting)
        {
            if (item.Refused is { } reason)
            {
                MessageTable.Dead(session, item.Message, reason, now);
            }
            else
            {
                MessageTable.Done(session, item.Message, item.Translation!, now);
            }
        }

        var unmapped =
            from item in work.Waiting
            where item is { Translation: not null, Refused: null, IsNew: true }
            let translation = item.Translation!
            from field in translation.Unmapped
            group field by (item.Message.Source, translation.Event, field.Path);
        foreach (var field in unmapped)
        {
            (SourceId source, string @event, string path) = field.Key;
            MessageTable.CountUnmapped(session, work.Bucket, source, @event, path, field.Sum(one => one.Count), field.Count());
        }

        // Whoever drafted before this commit must draft again, whether or not it wrote a resource of the bucket.
        if (!work.Draft.Writes(work.Bucket) && work.Waiting.Any())
        {
            BucketRow.Advance(session, work.Bucket, work.Draft.PositionOf(work.Bucket) + 1);
        }
    }

    /// <summary>The patients whose resource has a new version.</summary>
    internal static IReadOnlyList<PatientState> Patients(RecordDraft draft) => [.. draft.Resources
        .Where(resource => resource is { Issued.Count: > 0, Deleted: false, Content: Patient })
        .Select(resource => new PatientState(resource.Owner, resource.Source, (Patient)resource.Content!, draft.PositionOf(resource.Owner.Bucket) + 1))];

    /// <summary>A message that a bug of ours stopped: it must not stop the bucket, and it waits for the fix.</summary>
    private async Task BuryAsync(int bucket, long epoch, InboxMessage message, Exception error)
    {
        log.LogError("Message {Message} of feed {Feed} could not be processed: {Error} at {Stack}", message.Id, message.Feed, error.GetType(), error.StackTrace);
        Finding reason = new("MSH", "processing-failed", $"The program failed on this message ({error.GetType().Name}).");
        PipelineWork work = new(bucket, epoch, [message]);
        work.Messages[0].Refused = reason;
        await committer.CommitAsync(bucket, session =>
        {
            Fold(session, work);
            CheckLease(session, work);
            MarkDone(session, work);
            return 0;
        });
    }
}
