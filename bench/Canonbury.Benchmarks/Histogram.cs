using System.Globalization;

namespace Canonbury.Benchmarks;

/// <summary>A histogram as the Prometheus endpoint shows it; percentiles are known to the bucket.</summary>
internal sealed class Histogram(SortedList<double, double> buckets)
{
    public double Count => buckets.Count == 0 ? 0 : buckets.Values[^1];

    public static Histogram Of(IReadOnlyList<(string Name, double Value)> metrics, string name)
    {
        SortedList<double, double> buckets = [];
        foreach ((string line, double value) in metrics.Where(metric => metric.Name.StartsWith(name + "_bucket{", StringComparison.Ordinal)))
        {
            string text = line[(line.IndexOf("le=\"", StringComparison.Ordinal) + 4)..].Split('"')[0];
            double limit = text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
            buckets[limit] = buckets.GetValueOrDefault(limit) + value;
        }

        return new Histogram(buckets);
    }

    /// <summary>At most this long, in words.</summary>
    public string At(double share)
    {
        double limit = buckets.FirstOrDefault(bucket => bucket.Value >= share * Count).Key;
        return string.Create(CultureInfo.InvariantCulture, $"<= {limit * 1000:0} ms");
    }
}
