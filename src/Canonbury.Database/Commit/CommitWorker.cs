using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Canonbury.Database.Commit;

/// <summary>
/// One thread with one connection: takes what waits, runs it in one transaction, commits, completes. When a batch fails, its items run
/// again one by one, so that only the guilty one fails; an outage is waited out with the items kept in order.
/// </summary>
internal sealed class CommitWorker
{
    private static readonly Meter Meter = new("Canonbury.Database");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("canonbury.commit.batch", "items", "Work items in one transaction.");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>("canonbury.commit.duration", "ms", "Time of one transaction.");

    private readonly BlockingCollection<CommitItem> queue = [];
    private readonly RecordDatabase database;
    private readonly int maxBatch;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Thread thread;
    private readonly TaskCompletionSource stopped = new();
    private Session? session;

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
        Exception? error = Try(ordered);
        if (error is null)
        {
            BatchSize.Record(ordered.Count);
            CommitTime.Record(clock.GetElapsedTime(start).TotalMilliseconds);
            ordered.ForEach(item => item.Complete());
            return;
        }

        foreach (CommitItem item in ordered)
        {
            CommitAlone(item);
        }
    }

    private void CommitAlone(CommitItem item)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(20);
        for (int attempt = 1; ; attempt++)
        {
            Exception? error = Try([item]);
            if (error is null)
            {
                item.Complete();
                return;
            }

            if (!Session.IsPassing(error) || attempt >= 10 || queue.IsAddingCompleted)
            {
                item.Fail(error);
                return;
            }

            log.LogWarning("The database did not take a transaction ({Error}); attempt {Attempt}, next in {Pause} ms.", error.GetType().Name, attempt, pause.TotalMilliseconds);
            Thread.Sleep(pause);
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5_000));
        }
    }

    private Exception? Try(List<CommitItem> items)
    {
        try
        {
            session ??= database.OpenWriter();
            session.Begin();
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
            if (Session.IsPassing(error))
            {
                session?.Dispose();
                session = null;
            }

            return error;
        }
    }
}
