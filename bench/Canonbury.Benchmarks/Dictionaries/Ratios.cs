using System.Globalization;
using ZstdSharp;

namespace Canonbury.Benchmarks.Dictionaries;

/// <summary>How much smaller content becomes, each kind for itself and all together, without a dictionary and with it.</summary>
internal static class Ratios
{
    // As Envelope has it.
    private const int Level = 3;

    public static void Print(IReadOnlyList<Sample> samples, byte[] dictionary)
    {
        using Compressor without = new(Level);
        using Compressor with = new(Level);
        with.LoadDictionary(dictionary);
        Sizes[] sizes =
            [.. samples.Select(each => new Sizes(each.Kind, each.Bytes.Length, without.Wrap(each.Bytes).Length, with.Wrap(each.Bytes).Length))];

        Console.WriteLine("| kind | n | bytes | ratio without | bytes with | ratio with |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (IGrouping<string, Sizes> kind in sizes.GroupBy(each => each.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(Line(kind.Key, [.. kind]));
        }

        Console.WriteLine(Line("all", sizes));
    }

    private static string Line(string kind, Sizes[] all)
    {
        double plain = all.Sum(each => each.Plain);
        double with = all.Sum(each => each.With);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {kind} | {all.Length} | {plain / all.Length:0} | {plain / all.Sum(each => each.Without):0.00} | {with / all.Length:0} | {plain / with:0.00} |");
    }

    private sealed record Sizes(string Kind, double Plain, double Without, double With);
}
