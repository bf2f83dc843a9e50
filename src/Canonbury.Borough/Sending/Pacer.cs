namespace Canonbury.Borough.Sending;

/// <summary>Holds a sender to a number of messages a second; 0 does not hold at all.</summary>
internal sealed class Pacer(double rate, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private long passed;

    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        if (rate <= 0)
        {
            return;
        }

        double due = passed++ / rate;
        double ahead = due - time.GetElapsedTime(started).TotalSeconds;
        if (ahead > 0.002)
        {
            await Task.Delay(TimeSpan.FromSeconds(ahead), time, cancellation);
        }
    }
}
