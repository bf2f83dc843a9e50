using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>Where and how HL7 v2 is sent.</summary>
/// <param name="Window">How many messages of one connection may wait for an acknowledgement; never two of one patient.</param>
public sealed record MllpTarget(string Host, int Port, int Connections = 4, int Window = 64)
{
    /// <summary>After this a connection is taken as dead, closed and opened again.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so many AE (or CE) answers a message is given up.</summary>
    public int MaxAttempts { get; init; } = 10;
}

/// <summary>
/// Sends HL7 v2 over several MLLP connections, as interface engines do: many messages in flight, resent until they are acknowledged, and
/// the messages of one patient strictly in order.
/// </summary>
public sealed class MllpSender : IOutlet
{
    private readonly Lanes lanes;
    private readonly Task[] connections;
    private readonly CancellationTokenSource stopping = new();

    public MllpSender(MllpTarget target, SendingCounters counters, TimeProvider time)
    {
        lanes = new Lanes(target.Connections);
        connections = new Task[target.Connections];
        for (int lane = 0; lane < connections.Length; lane++)
        {
            MllpConnection connection = new(target, lanes[lane], counters, time);
            connections[lane] = Task.Run(() => connection.RunAsync(stopping.Token));
        }
    }

    public ValueTask SendAsync(SourceEvent sent, CancellationToken cancellation) => lanes.WriteAsync(sent, cancellation);

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        lanes.Complete();
        await Task.WhenAll(connections).WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        lanes.Complete();
        await stopping.CancelAsync();
        await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }
}
