using System.Text;
using Canonbury.Borough.Sending;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class SimulationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-simulation-").FullName;
    private readonly List<SimulationProgress> told = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Files_HoldBatchesBundlesAndTheTruth()
    {
        await RunAsync(new SimulationOptions { Residents = 60, AsOf = Sample.Options.AsOf, Folder = folder, TruthFile = Path.Combine(folder, "truth.csv") });
        string batch = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, "pas.hl7"), TestContext.Current.CancellationToken));
        string[] segments = batch.Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("FHS|^~\\&|PAS|STALDERS", segments[0], StringComparison.Ordinal);
        Assert.Equal($"BTS|{segments.Count(segment => segment.StartsWith("MSH", StringComparison.Ordinal))}", segments[^2]);
        Assert.Equal("FTS|1", segments[^1]);
        string[] bundles = await File.ReadAllLinesAsync(Path.Combine(folder, "gp.ndjson"), TestContext.Current.CancellationToken);
        Assert.All(bundles, bundle => Assert.StartsWith("{\"resourceType\":\"Bundle\"", bundle, StringComparison.Ordinal));
        string[] truth = await File.ReadAllLinesAsync(Path.Combine(folder, "truth.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(TruthWriter.Header, truth[0]);
        Assert.Equal("done", told[^1].Phase);
    }

    [Fact]
    public async Task IdentityOnly_SendsWhoPeopleAre_AndWholeHistoriesOfTheFirst()
    {
        await RunAsync(new SimulationOptions { Residents = 80, AsOf = Sample.Options.AsOf, Folder = folder, IdentityOnly = true, FullHistories = 10 });
        byte[] lab = await File.ReadAllBytesAsync(Path.Combine(folder, "lab.hl7"), TestContext.Current.CancellationToken);
        string[] headers = [.. Encoding.ASCII.GetString(lab).Split('\r').Where(segment => segment.StartsWith("MSH", StringComparison.Ordinal))];
        Assert.Contains(headers, header => header.Contains("ORU^R01", StringComparison.Ordinal));
        int reports = headers.Count(header => header.Contains("ORU^R01", StringComparison.Ordinal));
        int people = headers.Count(header => header.Contains("ADT^A28", StringComparison.Ordinal));
        Assert.InRange(people, 30, 80);
        Assert.True(reports < people * 3);
    }

    [Fact]
    public async Task ALoad_ArrivesWholeOverMllp()
    {
        await using MllpPeer peer = new((_, _) => "AA");
        SimulationProgress end = await RunAsync(new SimulationOptions { Residents = 40, AsOf = Sample.Options.AsOf, MllpHost = "127.0.0.1", MllpPort = peer.Port });
        Assert.Equal(peer.Accepted.Count, end.Acknowledged);
        Assert.Equal(end.Sent, end.Acknowledged);
        Assert.True(end.Results > 100);
    }

    [Fact]
    public async Task AMix_SendsAsManyMessagesAsAsked()
    {
        await using MllpPeer peer = new((_, _) => "AA");
        SimulationProgress end = await RunAsync(
            new SimulationOptions { Residents = 30, Mode = SimulationMode.Mix, Messages = 500, MllpHost = "127.0.0.1", MllpPort = peer.Port });
        Assert.Equal(500, end.Acknowledged);
    }

    [Fact]
    public async Task ATrickle_GoesOnUntilItIsCancelled()
    {
        await using MllpPeer peer = new((_, _) => "AA");
        using CancellationTokenSource stop = new();
        SimulationOptions options = new() { Residents = 20, Mode = SimulationMode.Trickle, Rate = 200, MllpHost = "127.0.0.1", MllpPort = peer.Port };
        int live = 0;
        Progress watch = new(progress =>
        {
            live += progress.Phase == "live" ? 1 : 0;
            if (live == 4)
            {
                stop.Cancel();
            }
        });
        SimulationProgress end = await Simulation.RunAsync(options, watch, stop.Token).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal("done", end.Phase);
        Assert.Contains(peer.Accepted, id => id.Length > 10);
        Assert.Equal(peer.Accepted.Count, peer.Accepted.Distinct().Count());
    }

    private async Task<SimulationProgress> RunAsync(SimulationOptions options) =>
        await Simulation.RunAsync(options, new Progress(told.Add), TestContext.Current.CancellationToken);

    private sealed class Progress(Action<SimulationProgress> tell) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => tell(value);
    }
}
