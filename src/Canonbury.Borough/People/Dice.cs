namespace Canonbury.Borough.People;

/// <summary>
/// A small deterministic generator (SplitMix64): the same seed, stream and index give the same throws on every machine and every
/// version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
public sealed class Dice(ulong seed, ulong stream, ulong index)
{
    private ulong state = Mix(Mix(Mix(seed + 0x9E3779B97F4A7C15UL) ^ (stream * 0xD1B54A32D192ED03UL)) + (index * 0x8CB92BA72F3D8DD7UL));

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    /// <summary>0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>Both ends included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>0 to just under 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>About a normal distribution: the sum of six throws.</summary>
    public double Normal(double mean, double deviation)
    {
        double sum = Fraction() + Fraction() + Fraction() + Fraction() + Fraction() + Fraction();
        return mean + ((sum - 3.0) * 1.4142 * deviation);
    }

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>The first entries much more often than the last: names are skewed so in every population.</summary>
    public T PickSkewed<T>(IReadOnlyList<T> list)
    {
        double fraction = Fraction();
        return list[(int)(list.Count * fraction * fraction)];
    }

    /// <summary>A moment within <paramref name="days"/> days after <paramref name="from"/>, in office hours, on a whole minute.</summary>
    public DateTime WithinDays(DateTime from, int days) => from.Date.AddDays(Below(Math.Max(1, days))).AddMinutes(Between(8 * 60, (17 * 60) + 59));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
