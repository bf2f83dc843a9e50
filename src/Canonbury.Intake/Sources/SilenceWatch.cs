using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Canonbury.Intake.Sources;

/// <summary>
/// Says when a source has fallen silent (hazard 5): a gauge of the seconds since each source was heard, another of 1 where that is more than
/// it should be, and one log line when it begins and one when it is over.
/// </summary>
public sealed class SilenceWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly FeedBoard feeds;
    private readonly IntakeOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<SilenceWatch> log;
    private readonly ConcurrentDictionary<SourceId, DateTimeOffset> heard = new();
    private readonly HashSet<SourceId> late = [];
    private readonly Meter meter = new(IntakeMetrics.MeterName);

    public SilenceWatch(FeedBoard feeds, IOptions<IntakeOptions> options, TimeProvider time, ILogger<SilenceWatch> log)
    {
        this.feeds = feeds;
        this.options = options.Value;
        this.time = time;
        this.log = log;
        meter.CreateObservableGauge(
            "canonbury.source.silence", () => heard.Select(one => new Measurement<double>((time.GetUtcNow() - one.Value).TotalSeconds, Tag(one.Key))), "s",
            "Seconds since the source was last heard.");
        meter.CreateObservableGauge(
            "canonbury.source.late", () => heard.Select(one => new Measurement<int>(IsLate(one.Key, one.Value) ? 1 : 0, Tag(one.Key))), "{source}",
            "1 where the source is silent for longer than it should be: alarm on this.");
    }

    /// <summary>Looks once.</summary>
    public void Look()
    {
        foreach ((SourceId source, DateTimeOffset last) in feeds.LastReceived())
        {
            heard[source] = last;
            if (IsLate(source, last) ? late.Add(source) : late.Remove(source))
            {
                Report(source, last);
            }
        }
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            do
            {
                try
                {
                    await Task.Run(Look, stoppingToken);
                }
                catch (Exception error) when (Session.IsPassing(error) || error is System.Data.Common.DbException)
                {
                    log.LogWarning("When sources were last heard is not known now ({Error})", error.GetType());
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("The watch for silent sources ends");
        }
    }

    private static KeyValuePair<string, object?> Tag(SourceId source) => new("source", source.Value);

    private bool IsLate(SourceId source, DateTimeOffset last) => time.GetUtcNow() - last > options.ExpectedOf(source);

    private void Report(SourceId source, DateTimeOffset last)
    {
        if (late.Contains(source))
        {
            log.LogWarning("Source {Source} is silent: last heard {Last:u}, expected every {Expected}", source, last, options.ExpectedOf(source));
        }
        else
        {
            log.LogInformation("Source {Source} is heard again", source);
        }
    }
}
