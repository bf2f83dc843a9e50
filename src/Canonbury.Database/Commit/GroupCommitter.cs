using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Canonbury.Database.Commit;

/// <summary>
/// Commits the work of many callers in one transaction and completes each caller once that transaction is durable (design, section 4:
/// group commit). Work of one bucket runs in the order of its submission. A work item may run more than once, so it must only
/// touch its session and what it returns.
/// </summary>
public sealed class GroupCommitter : IAsyncDisposable
{
    private readonly CommitWorker[] workers;

    public GroupCommitter(RecordDatabase database, IOptions<DatabaseOptions> options, TimeProvider clock, ILogger<GroupCommitter> log)
    {
        int count = database.Engine == Engine.Sqlite ? 1 : options.Value.Committers;
        workers = [.. Enumerable.Range(0, count).Select(number => new CommitWorker(number, database, options.Value.MaxBatch, clock, log))];
    }

    /// <summary>Runs <paramref name="work"/> in a transaction shared with others; completes when it is durable, or throws what the work threw.</summary>
    /// <param name="bucket">The (lowest) bucket that the work writes; decides the order.</param>
    /// <param name="work">Runs on the committer's thread, again where the transaction was rolled back.</param>
    /// <param name="durable">Called on the committer's thread as soon as the work is durable, in the order of the work; it must be quick.</param>
    /// <param name="locks">Names of rows, shared by many buckets, that the work may lock: they are taken first, in one order over the whole transaction.</param>
    public Task<T> CommitAsync<T>(int bucket, Func<Session, T> work, Action<T>? durable = null, IReadOnlyCollection<long>? locks = null)
    {
        CommitItem<T> item = new(bucket, locks ?? [], work, durable);
        workers[bucket % workers.Length].Add(item);
        return item.Completion;
    }

    /// <summary>How many work items wait, over all workers.</summary>
    public int Waiting => workers.Sum(worker => worker.Waiting);

    public async ValueTask DisposeAsync()
    {
        foreach (CommitWorker worker in workers)
        {
            await worker.StopAsync();
        }
    }
}
