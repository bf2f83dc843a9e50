using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Canonbury.Benchmarks.Api;

/// <summary>Sends requests of one kind over some connections, one at a time on each, and measures after a while of warming up.</summary>
internal sealed class LoadRun(ServerProcess server, Interaction interaction, int connections)
{
    private readonly byte[]? proof = interaction.Proof is { } words ? Encoding.UTF8.GetBytes(words) : null;
    private readonly Lock gate = new();
    private readonly List<double> times = [];
    private readonly Dictionary<string, int> wrong = [];
    private int next = -1;
    private long measured;
    private long end;

    public const string Header =
        "| interaction | connections | a second | p50 ms | p95 ms | p99 ms | processor of the server, ms each | memory, MiB | wrong answers |\n"
        + "|---|---:|---:|---:|---:|---:|---:|---:|---|";

    /// <summary>The result as a line of a table.</summary>
    /// <param name="seconds">How long is measured; requests that may be sent once only may end it before.</param>
    /// <param name="warming">How long it runs before that.</param>
    public string Run(double seconds, double warming)
    {
        measured = Stopwatch.GetTimestamp() + (long)(warming * Stopwatch.Frequency);
        end = measured + (long)(seconds * Stopwatch.Frequency);
        Thread[] threads = [.. Enumerable.Range(0, connections).Select(_ => new Thread(Connection, 256 * 1024))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        Thread.Sleep(TimeSpan.FromSeconds(warming));
        TimeSpan processor = server.ProcessorTime;
        long start = Stopwatch.GetTimestamp();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        double took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double work = (server.ProcessorTime - processor).TotalMilliseconds;
        double[] sorted = [.. times.Order()];
        double At(double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        string each = interaction.Resources == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({sorted.Length * interaction.Resources / took:0} resources)");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {interaction.Name} | {connections} | {sorted.Length / took:0}{each} | {At(0.5):0.00} | {At(0.95):0.00} | {At(0.99):0.00} | {work / Math.Max(1, sorted.Length):0.000} | {server.MemoryBytes >> 20} | {string.Join("; ", wrong.Select(one => $"{one.Value} × {one.Key}"))} |");
    }

    private void Connection()
    {
        List<double> own = new(100_000);
        using HttpConnection connection = new(server.Address);
        while (true)
        {
            int number = Interlocked.Increment(ref next);
            long begun = Stopwatch.GetTimestamp();
            if (begun >= end || (interaction.Once && number >= interaction.Requests.Count))
            {
                break;
            }

            int status = connection.Exchange(interaction.Requests[number % interaction.Requests.Count]);
            if (status != interaction.Status || (proof is not null && connection.Body.IndexOf(proof) < 0))
            {
                Count(status == interaction.Status ? "an answer without " + interaction.Proof : string.Create(CultureInfo.InvariantCulture, $"{status}"));
            }
            else if (begun >= measured)
            {
                own.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        lock (gate)
        {
            times.AddRange(own);
        }
    }

    private void Count(string what)
    {
        lock (gate)
        {
            wrong[what] = wrong.GetValueOrDefault(what) + 1;
        }
    }
}
