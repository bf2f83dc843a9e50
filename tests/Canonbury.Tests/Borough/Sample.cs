using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Tests.Borough;

/// <summary>Two thousand residents of one seed with their histories, made once for all tests that look at them.</summary>
public sealed class Sample
{
    public static BoroughOptions Options { get; } = new(2_000, 1, new DateOnly(2026, 6, 30));

    private static readonly Lazy<IReadOnlyList<Resident>> People = new(() => [.. SyntheticBorough.Create(Options).Residents()]);

    private static readonly Lazy<IReadOnlyList<IReadOnlyList<SourceEvent>>> Told =
        new(() => [.. People.Value.Select(resident => History.Of(resident, Options))]);

    private static readonly Lazy<IReadOnlyList<SourceEvent>> Flat = new(() => [.. Told.Value.SelectMany(history => history)]);

    public IReadOnlyList<Resident> Residents { get; } = People.Value;

    public IReadOnlyList<IReadOnlyList<SourceEvent>> Histories { get; } = Told.Value;

    public IReadOnlyList<SourceEvent> Events { get; } = Flat.Value;
}
