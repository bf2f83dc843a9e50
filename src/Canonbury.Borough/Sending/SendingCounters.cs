namespace Canonbury.Borough.Sending;

/// <summary>What all senders of a simulation have done so far.</summary>
public sealed class SendingCounters
{
    private long sent;
    private long acknowledged;
    private long refused;
    private long resent;
    private long results;
    private volatile string? lastProblem;

    public LatencyHistogram Latency { get; } = new();

    public long Sent => Interlocked.Read(ref sent);

    public long Acknowledged => Interlocked.Read(ref acknowledged);

    public long Refused => Interlocked.Read(ref refused);

    public long Resent => Interlocked.Read(ref resent);

    public long Results => Interlocked.Read(ref results);

    public string? LastProblem => lastProblem;

    public void CountSent(int resultsCarried)
    {
        Interlocked.Increment(ref sent);
        Interlocked.Add(ref results, resultsCarried);
    }

    public void CountAcknowledged(TimeSpan latency)
    {
        Interlocked.Increment(ref acknowledged);
        Latency.Record(latency);
    }

    public void CountRefused(string problem)
    {
        Interlocked.Increment(ref refused);
        lastProblem = problem;
    }

    public void CountResent(string problem, int messages = 1)
    {
        Interlocked.Add(ref resent, messages);
        lastProblem = problem;
    }
}
