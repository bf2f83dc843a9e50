using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The ways in which a name is misheard or mistyped.</summary>
internal static class Spelling
{
    private static readonly (string From, string To)[] Sounds =
    [
        ("ph", "f"), ("ck", "k"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("nn", "n"), ("mm", "m"), ("oo", "u"), ("ee", "i"), ("ou", "o"),
        ("ah", "a"), ("y", "i"), ("ie", "y"), ("c", "k"), ("z", "s"), ("ai", "ay"), ("sh", "ch"), ("v", "w"), ("e", "a"),
    ];

    public static string Vary(string name, Dice dice)
    {
        if (name.Length < 3 || dice.Chance(0.35))
        {
            return Mistype(name, dice);
        }

        int start = dice.Below(Sounds.Length);
        for (int offset = 0; offset < Sounds.Length; offset++)
        {
            (string from, string to) = Sounds[(start + offset) % Sounds.Length];
            int at = name.IndexOf(from, 1, StringComparison.Ordinal);
            if (at > 0)
            {
                return string.Concat(name.AsSpan(0, at), to, name.AsSpan(at + from.Length));
            }
        }

        return Mistype(name, dice);
    }

    private static string Mistype(string name, Dice dice)
    {
        if (name.Length < 3)
        {
            return name + name[^1];
        }

        int at = dice.Between(1, name.Length - 2);
        return dice.Below(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, name[at].ToString()),
            _ => string.Concat(name[..at], name[at + 1].ToString(), name[at].ToString(), name[(at + 2)..]),
        };
    }
}
