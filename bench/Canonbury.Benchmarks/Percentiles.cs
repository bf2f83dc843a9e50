using System.Globalization;

namespace Canonbury.Benchmarks;

/// <summary>Latencies of one kind of work, as a line of a report.</summary>
internal static class Percentiles
{
    public static string Line(string kind, IReadOnlyCollection<double> milliseconds, string rest = "")
    {
        double[] sorted = [.. milliseconds.Order()];
        double At(double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        return string.Create(CultureInfo.InvariantCulture,
            $"| {kind} | {sorted.Length} | {At(0.5):0.00} | {At(0.95):0.00} | {At(0.99):0.00} | {At(1):0.00} | {rest} |");
    }
}
