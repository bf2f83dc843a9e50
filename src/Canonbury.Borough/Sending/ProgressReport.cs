namespace Canonbury.Borough.Sending;

/// <summary>Tells progress a few times a second, not with every message.</summary>
internal sealed class ProgressReport(long residents, SendingCounters counters, IProgress<SimulationProgress> progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly long started = time.GetTimestamp();
    private long lastTold;
    private long done;

    public void Tell(string phase, long residentsDone)
    {
        done = residentsDone;
        long now = time.GetTimestamp();
        if (lastTold == 0 || time.GetElapsedTime(lastTold, now) > Interval)
        {
            lastTold = now;
            progress.Report(Make(phase));
        }
    }

    /// <summary>Everything is sent: tells how the answers come in.</summary>
    public async Task TellUntil(Task end, string phase, CancellationToken cancellation)
    {
        while (!end.IsCompleted)
        {
            Tell(phase, done);
            await Task.WhenAny(end, Task.Delay(Interval, time, cancellation));
        }

        await end;
    }

    public SimulationProgress Done()
    {
        SimulationProgress last = Make("done");
        progress.Report(last);
        return last;
    }

    private SimulationProgress Make(string phase)
    {
        TimeSpan elapsed = time.GetElapsedTime(started);
        LatencyHistogram latency = counters.Latency;
        return new SimulationProgress(phase, done, residents, counters.Sent, counters.Acknowledged, counters.Refused, counters.Resent,
            counters.Results, elapsed, counters.Acknowledged / Math.Max(0.001, elapsed.TotalSeconds), latency.Percentile(0.5),
            latency.Percentile(0.95), latency.Percentile(0.99), counters.LastProblem);
    }
}
