using System.Collections.Frozen;

namespace Canonbury.Translate.Codes;

/// <summary>
/// Turns a unit as a laboratory or a device writes it into a UCUM code (https://ucum.org). What is not known is refused:
/// a reader then sees the unit as sent, and no program computes with a guess.
/// </summary>
public static class Units
{
    public const string System = "http://unitsofmeasure.org";

    private static readonly FrozenDictionary<string, string> Exact = UnitTable.Rows
        .SelectMany(row => row.Aliases.Append(row.Code), (row, alias) => (Alias: alias, row.Code))
        .DistinctBy(pair => pair.Alias, StringComparer.Ordinal)
        .ToFrozenDictionary(pair => pair.Alias, pair => pair.Code, StringComparer.Ordinal);

    // UCUM tells capitals from small letters, local spellings do not: a folded spelling counts where only one code claims it
    // and where it is longer than one letter (M is not a metre).
    private static readonly FrozenDictionary<string, string> Folded = Exact
        .GroupBy(pair => Fold(pair.Key), StringComparer.Ordinal)
        .Where(group => group.Key.Length > 1 && group.Select(pair => pair.Value).Distinct(StringComparer.Ordinal).Count() == 1)
        .ToFrozenDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);

    /// <summary>The UCUM code of <paramref name="unit"/>, or null where the unit is not known.</summary>
    public static string? ToUcum(string unit)
    {
        string trimmed = unit.Trim();
        return Exact.TryGetValue(trimmed, out string? code) || Folded.TryGetValue(Fold(trimmed), out code) ? code : null;
    }

    /// <summary>
    /// The UCUM code of a unit that the sender says is UCUM already. A UCUM code is printable ASCII without spaces (UCUM, section 2.1);
    /// anything else is looked up like a local unit.
    /// </summary>
    public static string? FromUcum(string unit)
    {
        if (Exact.TryGetValue(unit, out string? code))
        {
            return code;
        }

        if (unit.Length == 0)
        {
            return null;
        }

        foreach (char c in unit)
        {
            if (c is <= ' ' or > '~')
            {
                return ToUcum(unit);
            }
        }

        return unit;
    }

    /// <summary>Small letters, both micro signs as <c>u</c>, all exponent marks as <c>*</c>, no spaces.</summary>
    private static string Fold(string unit)
    {
        Span<char> folded = unit.Length <= 64 ? stackalloc char[unit.Length] : new char[unit.Length];
        int length = 0;
        foreach (char c in unit)
        {
            if (!char.IsWhiteSpace(c))
            {
                folded[length++] = c switch
                {
                    '\u00B5' or '\u03BC' => 'u',
                    '^' => '*',
                    '\u00D7' => 'x',
                    _ => char.ToLowerInvariant(c),
                };
            }
        }

        return new string(folded[..length]);
    }
}
