using System.Collections.Immutable;

namespace Canonbury.Identify.Find;

/// <summary>A name that a patient has or had.</summary>
public sealed record FindName(string? Family, string? Given);

/// <summary>What of a patient can be found by typing, besides its numbers.</summary>
/// <param name="Names">The current name first, then former ones and aliases.</param>
/// <param name="BirthDate">ISO date, or null.</param>
public sealed record FindFacts(ImmutableArray<FindName> Names, string? BirthDate);

/// <summary>One way to a patient: the row is found by its word, narrowed by the beginning of the rest.</summary>
/// <param name="Word">One folded word of the name, or the ISO birth date.</param>
/// <param name="Rest">The other words of the name: for a word of the family name the given names first, else the family name first.</param>
public readonly record struct FindRow(string Word, string Rest)
{
    /// <summary>Every row of a patient. Pure.</summary>
    public static IReadOnlySet<FindRow> Of(FindFacts facts)
    {
        HashSet<FindRow> rows = [];
        foreach (FindName name in facts.Names)
        {
            string[] family = NameFolding.Words(name.Family);
            string[] given = NameFolding.Words(name.Given);
            AddWords(rows, family, given);
            AddWords(rows, given, family);
            if (family.Length > 1)
            {
                // Van der Berg is also typed Vanderberg, Smith-Jones as Smithjones.
                rows.Add(Make(string.Concat(family), given));
            }

            if (facts.BirthDate is { Length: 10 } date && family.Length + given.Length > 0)
            {
                rows.Add(Make(date, [.. family, .. given]));
            }
        }

        return rows;
    }

    private static void AddWords(HashSet<FindRow> rows, string[] words, string[] others)
    {
        for (int i = 0; i < words.Length; i++)
        {
            rows.Add(Make(words[i], [.. others, .. words[..i], .. words[(i + 1)..]]));
        }
    }

    private static FindRow Make(string word, string[] rest)
    {
        string joined = string.Join(' ', rest);
        return new FindRow(word.Length > 40 ? word[..40] : word, joined.Length > 120 ? joined[..120] : joined);
    }
}
