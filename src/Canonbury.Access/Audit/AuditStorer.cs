using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canonbury.Access.Audit;

/// <summary>Stores entries in the database, durably, each exactly once however often it is given.</summary>
internal delegate Task StoreAudit(IReadOnlyList<ChainedEntry> entries, CancellationToken cancellation);

/// <summary>
/// Carries the journal into the database: this process's own entries, at most 100 ms after they were written, and, at the start and
/// twice a minute, what processes left behind that no longer run. It always reads the journal file, so a crash and a quiet day take the
/// same road, and an outage of the database costs disk, not memory.
/// </summary>
internal sealed class AuditStorer(
    AuditJournal journal, string folder, StoreAudit store, bool strict, TimeProvider time, ILogger<AuditStorer> log)
    : BackgroundService
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private JournalSegment? segment;
    private JournalReader? reader;
    private IReadOnlyList<ChainedEntry> read = [];
    private TaskCompletionSource progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long stored;

    /// <summary>How often the folder is looked through for journals of processes that no longer run.</summary>
    public TimeSpan LeftBehindPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many entries wait for the database.</summary>
    public long Waiting => journal.Last - Volatile.Read(ref stored);

    /// <summary>Completes when the entry with this number is in the database (<c>audit=strict</c>).</summary>
    public async Task StoredAsync(long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (stored >= sequence)
                {
                    return;
                }

                next = progress.Task;
            }

            await next.WaitAsync(cancellation);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await StoreOwnAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // The journal stays; the next start stores it.
            log.LogWarning("The last audit entries stay in the journal for the next start: {Problem}", problem.GetType().Name);
            return;
        }

        journal.CloseIfStored(Volatile.Read(ref stored));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await RetryAsync(StoreLeftBehindAsync, stoppingToken);
            long looked = time.GetTimestamp();
            while (!stoppingToken.IsCancellationRequested && time.GetElapsedTime(looked) < LeftBehindPause)
            {
                await StoreNextAsync(stoppingToken);
            }
        }
    }

    private async Task StoreNextAsync(CancellationToken stopping)
    {
        if (!await journal.AppendedAsync(LeftBehindPause, stopping))
        {
            return;
        }

        if (!strict)
        {
            await Task.Delay(Gathering, time, stopping);
        }

        await RetryAsync(StoreOwnAsync, stopping);
    }

    /// <summary>Stores every journal that a process which no longer runs has left in the folder.</summary>
    internal async Task StoreLeftBehindAsync(CancellationToken cancellation)
    {
        foreach (string path in Directory.EnumerateFiles(folder, JournalSegment.Pattern).Order(StringComparer.Ordinal))
        {
            if (JournalSegment.TryTake(path) is { } left)
            {
                using (left)
                {
                    await StoreLeftBehindAsync(left, cancellation);
                }
            }
        }
    }

    /// <summary>Stores all that the own journal holds now.</summary>
    internal async Task StoreOwnAsync(CancellationToken cancellation)
    {
        while (true)
        {
            segment ??= journal.Oldest();
            reader ??= new JournalReader(segment);
            // After an outage the entries that were read and not stored come first.
            read = read.Count > 0 ? read : reader.Read();
            if (read.Count > 0)
            {
                await store(read, cancellation);
                Progress(read[^1].Sequence);
                read = [];
            }
            else if (journal.TryRelease(segment, reader.Offset))
            {
                (segment, reader) = (null, null);
            }
            else
            {
                return;
            }
        }
    }

    private async Task StoreLeftBehindAsync(JournalSegment left, CancellationToken cancellation)
    {
        JournalReader leftReader = new(left);
        int count = 0;
        while (leftReader.Read() is { Count: > 0 } entries)
        {
            await store(entries, cancellation);
            count += entries.Count;
        }

        log.LogInformation("Stored {Count} audit entries that an earlier process left in its journal.", count);
        if (leftReader.Damaged)
        {
            log.LogError(
                "The audit journal {File} is damaged after its entry {Count}; it is set aside.", Path.GetFileName(left.Path), count);
            left.SetAside();
            return;
        }

        left.Delete();
    }

    private void Progress(long sequence)
    {
        TaskCompletionSource done;
        lock (gate)
        {
            stored = sequence;
            done = progress;
            progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        done.SetResult();
    }

    /// <summary>An outage of the database is waited out: the journal keeps the entries.</summary>
    private async Task RetryAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        TimeSpan pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
                return;
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning("Audit entries wait for the database ({Waiting}): {Problem}", Waiting, problem.GetType().Name);
                await Task.Delay(pause, time, stopping);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }
}
