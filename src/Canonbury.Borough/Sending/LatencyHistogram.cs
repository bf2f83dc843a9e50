namespace Canonbury.Borough.Sending;

/// <summary>Counts latencies in buckets that grow by a twentieth, so a percentile is right to 5 per cent at any size.</summary>
public sealed class LatencyHistogram
{
    private const double Growth = 1.05;
    private readonly long[] counts = new long[420];

    public void Record(TimeSpan latency)
    {
        double microseconds = Math.Max(1, latency.TotalMicroseconds);
        int bucket = Math.Min(counts.Length - 1, (int)(Math.Log(microseconds) / Math.Log(Growth)));
        Interlocked.Increment(ref counts[bucket]);
    }

    /// <summary>In milliseconds; 0 where nothing was recorded.</summary>
    public double Percentile(double fraction)
    {
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        long wanted = (long)Math.Ceiling(total * fraction);
        long seen = 0;
        for (int bucket = 0; bucket < counts.Length && total > 0; bucket++)
        {
            seen += counts[bucket];
            if (seen >= wanted)
            {
                return Math.Pow(Growth, bucket + 1) / 1000;
            }
        }

        return 0;
    }
}
