using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Tests.Borough;

/// <summary>Two thousand residents of one seed with their histories, made once for all tests that look at them.</summary>
public sealed class Sample
{
    public static BoroughOptions Options { get; } = new(2_000, 1, new DateOnly(2026, 6, 30));

    public IReadOnlyList<Resident> Residents { get; } = [.. SyntheticBorough.Create(Options).Residents()];

    public IReadOnlyList<IReadOnlyList<SourceEvent>> Histories { get; }

    public IReadOnlyList<SourceEvent> Events { get; }

    public Sample()
    {
        Histories = [.. Residents.Select(resident => History.Of(resident, Options))];
        Events = [.. Histories.SelectMany(history => history)];
    }
}
