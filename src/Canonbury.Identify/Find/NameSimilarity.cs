namespace Canonbury.Identify.Find;

/// <summary>How alike names are, from 0 to 1. Pure; nothing here knows where names come from.</summary>
public static class NameSimilarity
{
    private const int MaxLetters = 64;

    /// <summary>Below this, two words are not the same name misspelt.</summary>
    private const double Floor = 0.78;

    /// <summary>
    /// Jaro's measure with Winkler's bonus for a common beginning (W. E. Winkler, String comparator metrics, 1990): shared letters near
    /// their place, less swapped ones.
    /// </summary>
    public static double JaroWinkler(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.Length > MaxLetters ? left[..MaxLetters] : left;
        right = right.Length > MaxLetters ? right[..MaxLetters] : right;
        if (left.SequenceEqual(right))
        {
            return 1;
        }

        int window = Math.Max(0, (Math.Max(left.Length, right.Length) / 2) - 1);
        (ulong inLeft, ulong inRight, int common) = Common(left, right, window);
        if (common == 0)
        {
            return 0;
        }

        double swapped = Swapped(left, right, inLeft, inRight) / 2.0;
        double jaro = (((double)common / left.Length) + ((double)common / right.Length) + ((common - swapped) / common)) / 3;
        int beginning = left.CommonPrefixLength(right);
        return jaro + (Math.Min(beginning, 4) * 0.1 * (1 - jaro));
    }

    /// <summary>A typed word against a word of a name: an initial and a beginning count, though less than the whole.</summary>
    public static double OfWord(string typed, string word)
    {
        if (typed == word)
        {
            return 1;
        }

        if (word.StartsWith(typed, StringComparison.Ordinal))
        {
            return typed.Length == 1 ? 0.9 : 0.9 + (0.08 * typed.Length / word.Length);
        }

        if (word.Length == 1 && typed.StartsWith(word, StringComparison.Ordinal))
        {
            return 0.85;
        }

        double alike = JaroWinkler(typed, word);
        double sound = NameSound.Of(typed) is { Length: > 1 } code && code == NameSound.Of(word) ? 0.88 : 0;
        double best = Math.Min(0.97, Math.Max(alike, sound));
        return best < Floor ? 0 : best;
    }

    /// <summary>
    /// All typed words against a name, in any order: each typed word takes the word of the name most like it that none has taken. Words of the
    /// name that were not typed cost little, so that the plain name stands before the longer one.
    /// </summary>
    public static double OfName(IReadOnlyList<string> typed, IReadOnlyList<string> name)
    {
        if (typed.Count == 0 || name.Count == 0)
        {
            return 0;
        }

        Span<bool> taken = name.Count <= 64 ? stackalloc bool[name.Count] : new bool[name.Count];
        double sum = 0;
        int matched = 0;
        foreach (string word in typed)
        {
            int best = -1;
            double likeness = 0;
            for (int i = 0; i < name.Count; i++)
            {
                double alike = taken[i] ? 0 : OfWord(word, name[i]);
                if (alike > likeness)
                {
                    (best, likeness) = (i, alike);
                }
            }

            if (best >= 0)
            {
                taken[best] = true;
                sum += likeness;
                matched++;
            }
        }

        return (0.96 * sum / typed.Count) + (0.04 * matched / name.Count);
    }

    private static (ulong InLeft, ulong InRight, int Count) Common(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int window)
    {
        ulong inLeft = 0;
        ulong inRight = 0;
        int count = 0;
        for (int i = 0; i < left.Length; i++)
        {
            int to = Math.Min(right.Length - 1, i + window);
            for (int j = Math.Max(0, i - window); j <= to; j++)
            {
                if (left[i] == right[j] && (inRight & (1UL << j)) == 0)
                {
                    inLeft |= 1UL << i;
                    inRight |= 1UL << j;
                    count++;
                    break;
                }
            }
        }

        return (inLeft, inRight, count);
    }

    private static int Swapped(ReadOnlySpan<char> left, ReadOnlySpan<char> right, ulong inLeft, ulong inRight)
    {
        int swapped = 0;
        int j = 0;
        for (int i = 0; i < left.Length; i++)
        {
            if ((inLeft & (1UL << i)) == 0)
            {
                continue;
            }

            while ((inRight & (1UL << j)) == 0)
            {
                j++;
            }

            swapped += left[i] == right[j++] ? 0 : 1;
        }

        return swapped;
    }
}
