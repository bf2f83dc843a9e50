using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Canonbury.Intake.Sources.FileDrop;

/// <summary>Looks at every configured folder again and again until the service stops.</summary>
public sealed class FileDropService(
    IOptions<IntakeOptions> options, ReceiveMessage receive, IntakeMetrics metrics, TimeProvider time, ILogger<FileDropService> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(options.Value.FileDrop.Select(drop => WatchAsync(drop, stoppingToken)));

    private async Task WatchAsync(FileDropOptions drop, CancellationToken stopping)
    {
        Feed feed = new(drop.Name, drop.Source is { Length: > 0 } source ? new SourceId(source) : null, TimeZoneInfo.FindSystemTimeZoneById(drop.Zone));
        WatchedFolder folder = new(feed, drop.Folder, new FileIngest(receive, metrics, drop.MaxMessageBytes), time, log);
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(drop.PollSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await LookAsync(folder, drop, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            log.LogDebug("Feed {Feed}: the folder is no longer watched", drop.Name);
        }
    }

    private async Task LookAsync(WatchedFolder folder, FileDropOptions drop, CancellationToken stopping)
    {
        try
        {
            await folder.LookAsync(stopping);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogError("Feed {Feed}: the folder cannot be looked at ({Type}): make it, or change the Folder of this feed under {Section}:FileDrop",
                drop.Name, exception.GetType(), IntakeOptions.Section);
        }
#pragma warning disable CA1031 // A bug met in one folder must not end the watching of the others.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogError("Feed {Feed}: reading a file failed with {Type} at {Stack}; it is tried again", drop.Name, exception.GetType(), exception.StackTrace);
        }
    }
}
