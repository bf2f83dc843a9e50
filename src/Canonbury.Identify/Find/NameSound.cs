using System.Text;

namespace Canonbury.Identify.Find;

/// <summary>
/// A code for how a folded name sounds, to meet spellings that an edit distance does not: Catherine and Kathryn, Stephen and Steven,
/// Sean and Shaun, Mohammed and Muhammad, Geoffrey and Jeffrey. Coarse on purpose; similarity ranks what it finds.
/// </summary>
public static class NameSound
{
    private static readonly (string Written, string Sound)[] Starts = [("kn", "n"), ("gn", "n"), ("wr", "r"), ("ps", "s"), ("x", "s"), ("rh", "r"), ("pf", "f")];

    private static readonly (string Written, string Sound)[] Groups =
    [
        ("tsch", "x"), ("sch", "x"), ("tch", "x"), ("ph", "f"), ("gh", ""), ("ck", "k"), ("ch", "x"), ("sh", "x"), ("th", "t"), ("dh", "d"), ("bh", "b"),
        ("kh", "k"), ("zh", "j"), ("dj", "j"), ("dg", "j"), ("ge", "j"), ("gi", "j"), ("gy", "j"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("qu", "k"),
        ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("w", ""), ("h", ""), ("a", ""), ("e", ""), ("i", ""), ("o", ""), ("u", ""), ("y", ""),
    ];

    /// <summary>Consonants only; a leading vowel is kept as <c>a</c>. Empty where nothing is left or the name is not in Latin letters.</summary>
    public static string Of(string word)
    {
        StringBuilder code = new();
        if (word.Length > 0 && "aeiouy".Contains(word[0], StringComparison.Ordinal))
        {
            code.Append('a');
        }

        int at = 0;
        foreach ((string written, string sound) in Starts)
        {
            if (word.StartsWith(written, StringComparison.Ordinal))
            {
                code.Append(sound);
                at = written.Length;
                break;
            }
        }

        while (at < word.Length)
        {
            if (word[at] is < 'a' or > 'z')
            {
                return string.Empty;
            }

            at += Append(code, word.AsSpan(at));
            while (at < word.Length && word[at] == word[at - 1])
            {
                at++;
            }
        }

        return code.ToString();
    }

    private static int Append(StringBuilder code, ReadOnlySpan<char> rest)
    {
        foreach ((string written, string sound) in Groups)
        {
            if (rest.StartsWith(written, StringComparison.Ordinal))
            {
                code.Append(sound);
                return written.Length;
            }
        }

        code.Append(rest[0]);
        return 1;
    }
}
