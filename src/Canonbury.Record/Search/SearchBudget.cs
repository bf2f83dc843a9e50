using Canonbury.Fhir.Problems;

namespace Canonbury.Record.Search;

/// <summary>
/// How much one search may look at, the searches inside it included: candidates, and the time to find them. A search that needs more is refused as
/// too costly; its answer is never cut short in silence.
/// </summary>
internal sealed class SearchBudget(int candidates, TimeSpan time, TimeProvider clock)
{
    private const int MostCandidates = 50_000;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    private readonly long start = clock.GetTimestamp();
    private int left = candidates;

    public static SearchBudget Usual(TimeProvider clock) => new(MostCandidates, MostTime, clock);

    /// <summary>What is said where it was spent; null where it was not.</summary>
    public Problem? Problem => !IsSpent ? null : new Problem(
        ProblemKind.TooCostly, "too-costly", "The search would have to look at too much: name a patient, ids or an identifier, or narrow it otherwise.");

    public bool IsSpent => left < 0 || clock.GetElapsedTime(start) > time;

    /// <summary>One more than is left, so that having more shows.</summary>
    public int Limit => Math.Max(left, 0) + 1;

    public void Spend(int looked) => left -= looked;
}
