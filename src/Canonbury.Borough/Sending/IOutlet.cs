using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>Where events go: sockets, HTTP or files.</summary>
public interface IOutlet : IAsyncDisposable
{
    /// <summary>Takes one event; waits while the outlet has enough to do.</summary>
    ValueTask SendAsync(SourceEvent sent, CancellationToken cancellation);

    /// <summary>Waits until everything taken has been acknowledged or given up.</summary>
    Task CompleteAsync(CancellationToken cancellation);
}
