namespace Canonbury.Borough.People;

/// <summary>
/// The borough: a stream of residents, household by household, made as they are asked for. Nothing but the last household is held, so
/// ten million cost no more memory than ten.
/// </summary>
public sealed class SyntheticBorough
{
    private SyntheticBorough(BoroughOptions options) => Options = options;

    public BoroughOptions Options { get; }

    public static SyntheticBorough Create(BoroughOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Residents);
        return new SyntheticBorough(options);
    }

    public IEnumerable<Resident> Residents()
    {
        NhsNumbers numbers = new(Options.Seed);
        string? elsewhere = null;
        long made = 0;
        for (long household = 1; made < Options.Residents; household++)
        {
            HouseholdMaker maker = new(Options, household);
            string? last = elsewhere;
            foreach (Resident member in maker.Make(made + 1, numbers, elsewhere))
            {
                if (made == Options.Residents)
                {
                    yield break;
                }

                made++;
                last = member.NhsNumber ?? last;
                yield return member;
            }

            elsewhere = last;
        }
    }
}
