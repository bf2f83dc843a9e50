namespace Canonbury.Intake.Pipeline;

/// <summary>
/// Reading from the database blocks its thread and takes a connection. So a few buckets read at a time, enough to keep the processor busy, and the
/// others wait without either.
/// </summary>
public sealed class BlockingReads : IDisposable
{
    private readonly SemaphoreSlim free = new(Math.Max(8, 4 * Environment.ProcessorCount));

    public async Task<T> RunAsync<T>(Func<T> read)
    {
        await free.WaitAsync();
        try
        {
            return read();
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
