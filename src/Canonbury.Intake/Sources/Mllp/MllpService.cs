using Canonbury.Intake.Inbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>Opens every configured MLLP port when the service starts and closes them, with answers given, when it stops.</summary>
public sealed class MllpService(
    IOptions<IntakeOptions> options, ReceiveMessage receive, IntakeMetrics metrics, TimeProvider time, ILogger<MllpService> log) : IHostedService
{
    private readonly List<MllpListener> listeners = [];

    /// <summary>The open ports, in the order of the configuration.</summary>
    public IReadOnlyList<int> Ports => [.. listeners.Select(listener => listener.Port)];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        MllpMemory memory = new(options.Value.MaxInFlightBytes);
        IReadOnlyList<MllpFeedOptions> feeds = options.Value.MllpFeeds;
        for (int i = 0; i < feeds.Count; i++)
        {
            MllpPort port = new(MllpPort.FeedOf(feeds[i]), feeds[i], receive, memory, metrics, time, log);
            MllpListener listener = new(port, feeds[i].Tls is { } tls ? MllpTls.Load(tls, $"{IntakeOptions.Section}:Mllp:{i}:Tls") : null);
            listener.Start();
            listeners.Add(listener);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(options.Value.StopSeconds), time);
        using CancellationTokenSource grace = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await Task.WhenAll(listeners.Select(listener => listener.StopAsync(grace.Token)));
        foreach (MllpListener listener in listeners)
        {
            await listener.DisposeAsync();
        }

        listeners.Clear();
    }
}
