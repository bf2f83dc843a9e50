namespace Canonbury.Intake.Sources.Mllp;

/// <summary>
/// How many bytes of received, not yet stored messages the process may hold, over all connections. A connection that wants more
/// waits and so stops reading: the sender feels it as a full TCP window, memory does not grow.
/// </summary>
public sealed class ByteBudget(long limit)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiters = [];
    private long used;

    /// <summary>Bytes held now.</summary>
    public long Used
    {
        get
        {
            lock (gate)
            {
                return used;
            }
        }
    }

    /// <summary>Takes <paramref name="bytes"/>, at once or when others have given enough back; first come, first served.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    public ValueTask TakeAsync(long bytes, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, limit);
        LinkedListNode<Waiter> node;
        lock (gate)
        {
            if (waiters.Count == 0 && used + bytes <= limit)
            {
                used += bytes;
                return ValueTask.CompletedTask;
            }

            node = waiters.AddLast(new Waiter(bytes));
        }

        return WaitAsync(node, cancellation);
    }

    public void Return(long bytes)
    {
        lock (gate)
        {
            used -= bytes;
            GrantWaiters();
        }
    }

    private async ValueTask WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellation)
    {
        using (cancellation.UnsafeRegister(_ => Abandon(node, cancellation), null))
        {
            await node.Value.Granted.Task;
        }
    }

    private void Abandon(LinkedListNode<Waiter> node, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (node.Value.Granted.TrySetCanceled(cancellation))
            {
                waiters.Remove(node);
                GrantWaiters();
            }
        }
    }

    private void GrantWaiters()
    {
        while (waiters.First is { } first && used + first.Value.Bytes <= limit)
        {
            waiters.RemoveFirst();
            if (first.Value.Granted.TrySetResult())
            {
                used += first.Value.Bytes;
            }
        }
    }

    private sealed record Waiter(long Bytes)
    {
        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
