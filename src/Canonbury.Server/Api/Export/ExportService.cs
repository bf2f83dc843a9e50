using Canonbury.Database;
using Canonbury.Record.Export;

namespace Canonbury.Server.Api.Export;

/// <summary>Works on exports one after the other, and removes the files of those that have expired or were cancelled.</summary>
public sealed class ExportService(ExportRunner runner, ExportJobs jobs, ExportFolder folder, TimeProvider time, ILogger<ExportService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    /// <summary>Removes what no client can ask for any more.</summary>
    public void Sweep()
    {
        // The folders first: an export has its row before it has a folder.
        IReadOnlyList<Guid> folders = folder.All();
        IReadOnlySet<Guid> left = jobs.RemoveExpired();
        foreach (Guid job in folders.Where(job => !left.Contains(job)))
        {
            folder.Remove(job);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None);

    private async Task WorkAsync(CancellationToken stopping)
    {
        using PeriodicTimer timer = new(Interval, time);
        DateTimeOffset swept = DateTimeOffset.MinValue;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (time.GetUtcNow() - swept >= SweepInterval)
                {
                    Sweep();
                    swept = time.GetUtcNow();
                }

                while (await runner.RunOneAsync(stopping))
                {
                }

                await timer.WaitForNextTickAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Exports that cannot go on now must not end the server, which has more to do: whatever it was, they are tried again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.LogWarning("Exports wait ({Error}) at {Stack}", Session.Describe(error), Session.IsPassing(error) ? "the database" : error.StackTrace);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
