using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Canonbury.Database.Commit;

/// <summary>
/// One thread with one connection: takes what waits, runs it in one transaction, commits, completes. When a batch fails, its items run
/// again one by one, so that only the guilty one fails; what passes (a deadlock, a short outage) is waited out with the batch as it is.
/// </summary>
internal sealed class CommitWorker
{
    private static readonly Meter Meter = new("Canonbury.Database");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("canonbury.commit.batch", "items", "Work items in one transaction.");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>("canonbury.commit.duration", "ms", "Time of one transaction.");

    /// <summary>How long an outage is waited out before callers are told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<CommitItem> queue = [];
    private readonly RecordDatabase database;
    private readonly int maxBatch;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Thread thread;
    private readonly TaskCompletionSource stopped = new();
    private Session? session;
    private bool isDown;

    public CommitWorker(int number, RecordDatabase database, int maxBatch, TimeProvider clock, ILogger log)
    {
        this.database = database;
        this.maxBatch = maxBatch;
        this.clock = clock;
        this.log = log;
        thread = new Thread(Run) { IsBackground = true, Name = $"committer-{number}" };
        thread.Start();
    }

    public int Waiting => queue.Count;

    public void Add(CommitItem item) => queue.Add(item);

    public Task StopAsync()
    {
        queue.CompleteAdding();
        return stopped.Task;
    }

    private void Run()
    {
        List<CommitItem> batch = [];
        foreach (CommitItem first in queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < maxBatch && queue.TryTake(out CommitItem? next))
            {
                batch.Add(next);
            }

            CommitAll(batch);
        }

        session?.Dispose();
        stopped.SetResult();
    }

    private void CommitAll(List<CommitItem> batch)
    {
        // Buckets in one order in every process: two batches that share buckets then wait for each other instead of deadlocking.
        // The sort is stable, so the order inside a bucket stays.
        List<CommitItem> ordered = batch.Count == 1 ? batch : [.. batch.OrderBy(item => item.Bucket)];
        long start = clock.GetTimestamp();
        Exception? error = TryUntilItPasses(ordered);
        if (error is null)
        {
            BatchSize.Record(ordered.Count);
            CommitTime.Record(clock.GetElapsedTime(start).TotalMilliseconds);
            ordered.ForEach(item => item.Complete());
        }
        else if (ordered.Count > 1 && (!Session.IsPassing(error) || Session.IsDeadlock(error)))
        {
            // One of them is at fault; alone, the others pass. And whoever holds little hinders nobody.
            ordered.ForEach(item => CommitAll([item]));
        }
        else
        {
            ordered.ForEach(item => item.Fail(error));
        }
    }

    /// <summary>
    /// Waits an outage out for a short while, with all items in their order, so that a restart of the database is not seen outside. Beyond that they
    /// fail, and so do others at once until the database answers again: a sender that is told so soon can act.
    /// </summary>
    private Exception? TryUntilItPasses(List<CommitItem> items)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(10);
        long? since = null;
        while (true)
        {
            Exception? error = Try(items);
            if (error is null || !Session.IsPassing(error) || (Session.IsDeadlock(error) && items.Count > 1))
            {
                isDown = false;
                return error;
            }

            since ??= clock.GetTimestamp();
            if (isDown || queue.IsAddingCompleted || clock.GetElapsedTime(since.Value) > Patience)
            {
                isDown = true;
                return error;
            }

            log.LogWarning("The database did not take a transaction of {Count} ({Error}); next attempt in {Pause} ms.", items.Count, Session.Describe(error), pause.TotalMilliseconds);
            Thread.Sleep(pause);
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 500));
        }
    }

    private Exception? Try(List<CommitItem> items)
    {
        try
        {
            session ??= database.OpenWriter();
            session.Begin();
            Lock(session, items);
            foreach (CommitItem item in items)
            {
                item.Run(session);
            }

            session.Commit();
            return null;
        }
#pragma warning disable CA1031 // Whatever the work throws belongs to its caller, not to this thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            session?.Rollback();
            if (session is { IsOpen: false })
            {
                session.Dispose();
                session = null;
                database.ForgetIdle();
            }

            return error;
        }
    }

    /// <summary>
    /// What several buckets share is locked before anything else, in one order in every process. Each item by itself would lock it in the order of the
    /// buckets, which is another order for each source: two processes would then wait for each other.
    /// </summary>
    private static void Lock(Session session, List<CommitItem> items)
    {
        if (session.Dialect.LockNames is not { } sql)
        {
            return;
        }

        long[] names = [.. items.SelectMany(item => item.Locks).Distinct().Order()];
        if (names.Length > 0)
        {
            session.Ask(sql, _ => true, names);
        }
    }
}
