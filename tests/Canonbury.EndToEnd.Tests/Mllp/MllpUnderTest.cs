using System.Collections.Concurrent;
using System.Net.Security;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources;
using Canonbury.Intake.Sources.Mllp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Canonbury.EndToEnd.Tests.Mllp;

/// <summary>A listener on a free port, with an inbox that only remembers.</summary>
internal sealed class MllpUnderTest : IAsyncDisposable
{
    private readonly MllpListener listener;
    private readonly IntakeMetrics metrics = new();

    private MllpUnderTest(MllpFeedOptions options, long maxInFlightBytes, ReceiveMessage? receive, SslServerAuthenticationOptions? tls)
    {
        Memory = new MllpMemory(maxInFlightBytes);
        MllpPort port = new(MllpPort.FeedOf(options), options, receive ?? Remember, Memory, metrics, TimeProvider.System, NullLogger.Instance);
        listener = new MllpListener(port, tls);
    }

    public ConcurrentQueue<byte[]> Received { get; } = new();

    public MllpMemory Memory { get; }

    public int Port => listener.Port;

    public static MllpUnderTest Start(
        MllpFeedOptions? options = null, ReceiveMessage? receive = null, long maxInFlightBytes = 64 << 20, SslServerAuthenticationOptions? tls = null)
    {
        options ??= new MllpFeedOptions();
        options.Port = 0;
        MllpUnderTest server = new(options, maxInFlightBytes, receive, tls);
        server.listener.Start();
        return server;
    }

    public Task<MllpClient> ConnectAsync() => MllpClient.ConnectAsync(Port);

    public Task StopAsync(TimeSpan grace) => listener.StopAsync(new CancellationTokenSource(grace).Token);

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        metrics.Dispose();
    }

    private Task<InboxReceipt> Remember(Feed feed, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        Received.Enqueue(message.ToArray());
        return Task.FromResult(InboxReceipt.Stored);
    }
}
