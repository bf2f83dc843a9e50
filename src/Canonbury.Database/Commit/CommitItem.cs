namespace Canonbury.Database.Commit;

/// <summary>One caller's work, waiting to be committed with others.</summary>
internal abstract class CommitItem(int bucket, IReadOnlyCollection<long> locks)
{
    public int Bucket { get; } = bucket;

    /// <summary>What the work will wait for beside its buckets.</summary>
    public IReadOnlyCollection<long> Locks { get; } = locks;

    /// <summary>Runs the work; its result is kept until <see cref="Complete"/>.</summary>
    public abstract void Run(Session session);

    public abstract void Complete();

    public abstract void Fail(Exception error);
}

internal sealed class CommitItem<T>(int bucket, IReadOnlyCollection<long> locks, Func<Session, T> work, Action<T>? durable) : CommitItem(bucket, locks)
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Completion => completion.Task;

    public override void Run(Session session) => result = work(session);

    public override void Complete()
    {
        try
        {
            durable?.Invoke(result!);
            completion.TrySetResult(result!);
        }
#pragma warning disable CA1031 // What the caller does with its result must not end the committer.
        catch (Exception error)
#pragma warning restore CA1031
        {
            completion.TrySetException(error);
        }
    }

    public override void Fail(Exception error) => completion.TrySetException(error);
}
