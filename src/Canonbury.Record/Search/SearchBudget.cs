namespace Canonbury.Record.Search;

/// <summary>
/// How much one search may look at, the searches inside it included: candidates, and the time to find them. A search that needs more is refused as
/// too costly; its answer is never cut short in silence.
/// </summary>
internal sealed class SearchBudget(int candidates, TimeSpan time, TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();
    private int left = candidates;

    public bool IsSpent => left < 0 || clock.GetElapsedTime(start) > time;

    /// <summary>One more than is left, so that having more shows.</summary>
    public int Limit => Math.Max(left, 0) + 1;

    public void Spend(int looked) => left -= looked;
}
