namespace Canonbury.Server.Api;

/// <summary>
/// Lets those who write the same wait for each other once they have met: else each of many would plan its write again for each of the others. It only
/// saves work; that nothing is lost is seen in the transaction.
/// </summary>
internal static class WaitingLines
{
    private static readonly SemaphoreSlim[] Lines = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits until it is this write's turn.</summary>
    /// <returns>To be released when the write is done.</returns>
    public static async Task<SemaphoreSlim> EnterAsync(IReadOnlyList<WritePlan> plans, CancellationToken cancellation)
    {
        WritePlan contested = plans.First(plan => plan.MayBeMadeAgain);
        string name = contested.Conditions is [var condition, ..] ? condition.Name : $"{contested.Request!.Type}/{contested.Request.Id}";
        SemaphoreSlim line = Lines[(uint)string.GetHashCode(name, StringComparison.Ordinal) % Lines.Length];
        await line.WaitAsync(cancellation);
        return line;
    }
}
