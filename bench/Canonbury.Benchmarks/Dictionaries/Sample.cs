namespace Canonbury.Benchmarks.Dictionaries;

/// <summary>One content as it would be stored.</summary>
/// <param name="Kind">The type of the resource, or of the message.</param>
internal sealed record Sample(string Kind, byte[] Bytes)
{
    /// <summary>At most so many of each kind, spread over all of it, in an order that mixes the kinds: the trainer splits its samples by place.</summary>
    public static IReadOnlyList<Sample> Even(IEnumerable<Sample> samples, int mostOfAKind, ulong seed)
    {
        Sample[] even = [.. samples.GroupBy(sample => sample.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).SelectMany(kind => Spread([.. kind], mostOfAKind))];
        new Random((int)(seed % int.MaxValue)).Shuffle(even);
        return even;
    }

    private static IEnumerable<Sample> Spread(Sample[] all, int most)
    {
        int count = Math.Min(all.Length, most);
        return Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)]);
    }
}
