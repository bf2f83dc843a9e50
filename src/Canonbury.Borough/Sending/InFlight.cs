using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>A message on its way, from the first time it was taken until it is acknowledged or given up.</summary>
internal sealed class Pending(SourceEvent message)
{
    public SourceEvent Message => message;

    public string Patient { get; } = message.OrderKey;

    public int Attempts { get; set; }

    /// <summary>When it was first written, for the latency; 0 before.</summary>
    public long FirstWritten { get; set; }

    /// <summary>When it was last written, for the time-out; for one that waits to be tried again, when that may be.</summary>
    public long Moment { get; set; }
}

/// <summary>
/// The book-keeping of one connection: what is ready to write, what waits for its acknowledgement, and what waits behind another message
/// of the same patient.
/// </summary>
internal sealed class InFlight(int window)
{
    private readonly LinkedList<Pending> ready = [];
    private readonly List<Pending> resting = [];
    private readonly Dictionary<string, Pending> waitingForAck = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<Pending>> behind = new(StringComparer.Ordinal);
    private int held;

    public bool IsEmpty => held == 0;

    /// <summary>Messages are taken ahead of need, so that other patients fill the window while one patient's wait in line.</summary>
    public bool HasRoom => held < window * 16;

    public int WaitingForAck => waitingForAck.Count;

    public IEnumerable<Pending> Written => waitingForAck.Values;

    public void Take(SourceEvent message)
    {
        held++;
        Pending pending = new(message);
        if (behind.TryGetValue(pending.Patient, out Queue<Pending>? queue))
        {
            queue.Enqueue(pending);
        }
        else
        {
            behind[pending.Patient] = new Queue<Pending>();
            ready.AddLast(pending);
        }
    }

    /// <summary>The next message to write, or null while the window is full or nothing is ready.</summary>
    public Pending? Next()
    {
        if (waitingForAck.Count >= window || ready.First is not LinkedListNode<Pending> first)
        {
            return null;
        }

        ready.RemoveFirst();
        waitingForAck[first.Value.Message.ControlId] = first.Value;
        return first.Value;
    }

    public Pending? Answered(string controlId) => waitingForAck.Remove(controlId, out Pending? pending) ? pending : null;

    /// <summary>Acknowledged or given up: the next message of the same patient may go.</summary>
    public void Done(Pending pending)
    {
        held--;
        Queue<Pending> queue = behind[pending.Patient];
        if (queue.TryDequeue(out Pending? next))
        {
            ready.AddLast(next);
        }
        else
        {
            behind.Remove(pending.Patient);
        }
    }

    /// <summary>Refused for now: it keeps its patient's place and is ready again at <see cref="Pending.Moment"/>.</summary>
    public void Rest(Pending pending) => resting.Add(pending);

    public long? NextWaking => resting.Count == 0 ? null : resting.Min(pending => pending.Moment);

    public void Wake(long now)
    {
        foreach (Pending pending in resting.Where(each => each.Moment <= now).ToList())
        {
            resting.Remove(pending);
            ready.AddLast(pending);
        }
    }

    /// <summary>The connection broke: what was written and not answered goes first, in the order in which it was written.</summary>
    public int Reopen()
    {
        int count = waitingForAck.Count;
        foreach (Pending pending in waitingForAck.Values.OrderByDescending(each => each.Moment).ToList())
        {
            ready.AddFirst(pending);
        }

        waitingForAck.Clear();
        return count;
    }
}
