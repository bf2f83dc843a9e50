using System.Diagnostics;
using System.Globalization;
using Canonbury.Borough.Sending;

namespace Canonbury.Benchmarks.Road;

/// <summary>
/// The whole main road: messages of the mix over real sockets into a real server of its own process, acknowledged, translated, identified,
/// folded and committed; then the same rows again into the bare database.
/// </summary>
internal static class RoadLoad
{
    public static async Task<int> RunAsync(string target, string[] args)
    {
        long messages = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 30_000;
        double rate = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 0;
        SimulationProgress end;
        double seconds;
        using (ServerProcess server = await ServerProcess.StartAsync(target))
        {
            SimulationOptions options = new()
            {
                Mode = SimulationMode.Mix, Messages = messages, Rate = rate, MllpHost = "127.0.0.1", MllpPort = server.MllpPort, Connections = 8,
                Window = rate > 0 ? 8 : 64, Residents = 2_000,
            };
            TimeSpan processor = server.ProcessorTime;
            Stopwatch clock = Stopwatch.StartNew();
            end = await Simulation.RunAsync(options, new Silent(), CancellationToken.None);
            double acknowledged = end.Elapsed.TotalSeconds;
            Histogram visible = await WaitAsync(server, end.Acknowledged);
            seconds = clock.Elapsed.TotalSeconds;
            double work = (server.ProcessorTime - processor).TotalMilliseconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {end.Acknowledged} messages, {end.Results} results in them, {(rate > 0 ? $"{rate} a second" : "as fast as they are taken")}
                acknowledged: {end.Acknowledged / acknowledged:0}/s; p50 {end.P50:0} ms, p95 {end.P95:0} ms, p99 {end.P99:0} ms from sending to acknowledgement
                in the record: {end.Acknowledged / seconds:0}/s; p50 {visible.At(0.5)}, p95 {visible.At(0.95)}, p99 {visible.At(0.99)} from receiving to the commit
                server: {work / end.Acknowledged:0.00} ms of processor a message, {server.MemoryBytes >> 20} MiB
                """));
        }

        RawResult raw = RawRows.Measure(target);
        double roadRate = end.Acknowledged / seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            resources: {raw.Resources} ({raw.Resources / seconds:0}/s), versions replaced: {raw.Versions}
            the bare database takes the same {raw.Rows} rows at {raw.Messages / raw.Seconds:0} messages/s ({raw.Rows / raw.Seconds:0} rows/s): the road reaches {100 * roadRate * raw.Seconds / raw.Messages:0} % of it
            """));
        return 0;
    }

    /// <summary>Waits until everything that was acknowledged is in the record.</summary>
    private static async Task<Histogram> WaitAsync(ServerProcess server, long messages)
    {
        for (; ; await Task.Delay(100))
        {
            Histogram histogram = Histogram.Of(await server.MetricsAsync(), "canonbury_intake_visible_duration_seconds");
            if (histogram.Count >= messages)
            {
                return histogram;
            }
        }
    }

    private sealed class Silent : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value)
        {
        }
    }
}
