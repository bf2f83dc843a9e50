using Canonbury.Database;
using Canonbury.Database.Leases;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canonbury.Intake.Pipeline;

/// <summary>
/// Keeps this process's share of the buckets and works on what waits in them: buckets beside each other, the messages of one bucket one after
/// the other.
/// </summary>
public sealed class PipelineService(
    RecordDatabase database, BucketLeases leases, BucketQueues queues, BlockingReads reads, IntakePipeline pipeline, IntakeMetrics metrics, TimeProvider time,
    ILogger<PipelineService> log)
    : BackgroundService
{
    private long waiting;

    /// <summary>How many messages of a bucket go together.</summary>
    private const int BatchSize = 32;

    /// <summary>Buckets that are worked on at the same time: enough to fill a group commit.</summary>
    private const int Workers = 256;

    private static readonly TimeSpan CountInterval = TimeSpan.FromMilliseconds(250);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            leases.Release();
        }
        catch (Exception error) when (Session.IsPassing(error))
        {
            log.LogWarning("The buckets could not be given back ({Error}); they are free when the lease ends.", error.GetType());
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.ShowWaiting(() => Volatile.Read(ref waiting));
        IEnumerable<Func<CancellationToken, Task>> loops = [RenewAsync, CountAsync, .. Enumerable.Repeat<Func<CancellationToken, Task>>(WorkAsync, Workers)];
        return Task.WhenAll(loops.Select(loop => Task.Run(() => loop(stoppingToken), CancellationToken.None)));
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        await EveryAsync(
            BucketLeases.Duration / 3,
            () =>
            {
                leases.Renew();
                for (int bucket = 0; bucket < BucketLeases.Count; bucket++)
                {
                    queues.Hold(bucket, leases.EpochOf(bucket));
                }
            },
            stopping);
    }

    // Another process, or `canonbury ingest` beside this one, may have stored messages; memory may have had no room for some.
    private Task CountAsync(CancellationToken stopping) => EveryAsync(
        CountInterval,
        () =>
        {
            using Session session = database.Open();
            long all = 0;
            foreach ((int bucket, int count) in MessageTable.Counts(session))
            {
                queues.Compare(bucket, count);
                all += count;
            }

            Volatile.Write(ref waiting, all);
        },
        stopping);

    private async Task EveryAsync(TimeSpan interval, Action act, CancellationToken stopping)
    {
        using PeriodicTimer timer = new(interval, time);
        do
        {
            try
            {
                act();
            }
            catch (Exception error) when (Session.IsPassing(error))
            {
                log.LogWarning("The database does not answer ({Error}); messages wait in the inbox.", Session.Describe(error));
            }
#pragma warning disable CA1031 // A process that renews no more loses its buckets, and one that counts no more overlooks messages: whatever it was, go on.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.LogError("The pipeline's clock failed with {Error} at {Stack}; it goes on.", error.GetType(), error.StackTrace);
            }
        }
        while (await NextAsync(timer, stopping));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (int bucket in queues.ReadyAsync(stopping))
            {
                await WorkOnAsync(bucket, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            log.LogDebug("A worker of the pipeline ends");
        }
    }

    private async Task WorkOnAsync(int bucket, CancellationToken stopping)
    {
        try
        {
            if (leases.EpochOf(bucket) is not { } epoch)
            {
                queues.Hold(bucket, null);
                return;
            }

            IReadOnlyList<InboxMessage> messages = await reads.RunAsync(() => queues.Take(bucket, BatchSize, () => Read(bucket)));
            if (messages.Count > 0)
            {
                await FinishAsync(bucket, epoch, messages, stopping);
            }
        }
        catch (LeaseLostException)
        {
            leases.Lost(bucket);
            queues.Hold(bucket, null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The worker serves other buckets, too: whatever it was, this one waits a moment and is read again.
            log.LogWarning("Bucket {Bucket}: its messages wait ({Error}) at {Stack}", bucket, Session.Describe(error), Session.IsPassing(error) ? "the database" : error.StackTrace);
            queues.Forget(bucket);
            await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
        }
        finally
        {
            queues.Rest(bucket);
        }
    }

    /// <summary>An outage is waited out with the messages in their order.</summary>
    private async Task FinishAsync(int bucket, long epoch, IReadOnlyList<InboxMessage> messages, CancellationToken stopping)
    {
        for (TimeSpan pause = TimeSpan.FromMilliseconds(100); ; pause = TimeSpan.FromSeconds(Math.Min(5, pause.TotalSeconds * 2)))
        {
            try
            {
                await pipeline.RunAsync(bucket, epoch, messages);
                return;
            }
            catch (Exception error) when (Session.IsPassing(error))
            {
                log.LogWarning("Bucket {Bucket}: {Count} messages wait, the database does not take them ({Error}).", bucket, messages.Count, Session.Describe(error));
                await Task.Delay(pause, time, stopping);
            }
        }
    }

    private WaitingMessages Read(int bucket)
    {
        using Session session = database.Open();
        return MessageTable.Waiting(session, bucket, BatchSize);
    }
}
