using System.Collections.Frozen;
using System.Globalization;

namespace Canonbury.Fhir.Units;

/// <summary>
/// Converts between UCUM units of one dimension, for the units that results come in (UCUM, tables 1 to 6). What it does not know it
/// refuses: mmol to mg needs the substance, and special units (Cel, [degF], [pH]) are not a factor apart (hazard 11).
/// </summary>
public static class Ucum
{
    // Each atom that counts is a dimension of its own: [iU] and mol are both "amounts" and must never be taken for each other.
    private static readonly FrozenDictionary<string, (string Dimension, double Factor)> Atoms = new Dictionary<string, (string, double)>
    {
        ["g"] = ("g", 1), ["mol"] = ("mol", 1), ["L"] = ("L", 1), ["l"] = ("L", 1), ["U"] = ("U", 1), ["[iU]"] = ("[iU]", 1), ["[IU]"] = (
            "[iU]", 1),
        ["eq"] = ("eq", 1), ["osm"] = ("osm", 1), ["m"] = ("m", 1), ["Pa"] = ("Pa", 1), ["m[Hg]"] = ("Pa", 133322.0), ["Hz"] = ("Hz", 1),
        ["s"] = ("s", 1), ["min"] = ("s", 60), ["h"] = ("s", 3600), ["d"] = ("s", 86400), ["cal"] = ("J", 4.184), ["J"] = ("J", 1),
        ["wk"] = ("s", 604800), ["mo"] = ("s", 2629800), ["a"] = ("s", 31557600), ["bar"] = ("Pa", 1e5), ["V"] = ("V", 1), ["W"] = ("W", 1), ["N"] = ("N", 1),
        ["[oz_av]"] = ("g", 28.349523125), ["[stone_av]"] = ("g", 6350.29318), ["%"] = ("", 0.01), ["1"] = ("", 1), ["[in_i]"] = ("m", 0.0254), ["[ft_i]"] = ("m", 0.3048), ["[lb_av]"] = ("g", 453.59237),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, double> Prefixes = new Dictionary<string, double>
    {
        ["k"] = 1e3, ["h"] = 1e2, ["d"] = 1e-1, ["c"] = 1e-2, ["m"] = 1e-3, ["u"] = 1e-6, ["n"] = 1e-9, ["p"] = 1e-12, ["f"] = 1e-15,
        ["M"] = 1e6, ["G"] = 1e9,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// By what a number in <paramref name="from"/> is multiplied to be in <paramref name="to"/>; null where that cannot be said.
    /// </summary>
    public static double? Factor(string? from, string? to)
    {
        if (from is null || to is null)
        {
            return null;
        }

        if (from == to)
        {
            return 1;
        }

        return Read(from) is { } left && Read(to) is { } right && left.Dimension == right.Dimension ? left.Factor / right.Factor : null;
    }

    /// <summary>The dimension of a unit and its factor to the base of that; null for what is not known or no factor apart.</summary>
    internal static (string Dimension, double Factor)? Read(string unit)
    {
        SortedDictionary<string, int> powers = new(StringComparer.Ordinal);
        double factor = 1;
        int sign = 1;
        foreach (string part in Split(unit))
        {
            if (part == "/")
            {
                sign = -1;
            }
            else if (part == ".")
            {
                sign = 1;
            }
            else if (Term(part) is { } term)
            {
                factor *= Math.Pow(term.Factor, sign);
                if (term.Dimension.Length > 0)
                {
                    powers[term.Dimension] = powers.GetValueOrDefault(term.Dimension) + (sign * term.Power);
                }
            }
            else
            {
                return null;
            }
        }

        return (string.Join('.', powers.Where(power => power.Value != 0).Select(power => $"{power.Key}^{power.Value}")), factor);
    }

    /// <summary>Cuts at the operators, and leaves out the {annotations}, which mean the unity (UCUM §12).</summary>
    private static List<string> Split(string unit)
    {
        List<string> parts = [];
        int start = 0;
        for (int at = 0; at <= unit.Length; at++)
        {
            if (at < unit.Length && unit[at] == '{')
            {
                Add(unit[start..at]);
                int end = unit.IndexOf('}', at);
                start = end < 0 ? unit.Length : end + 1;
                at = start - 1;
            }
            else if (at == unit.Length || unit[at] is '/' or '.')
            {
                Add(unit[start..at]);
                if (at < unit.Length)
                {
                    parts.Add(unit[at].ToString());
                }

                start = at + 1;
            }
        }

        return parts;

        void Add(string part)
        {
            if (part.Length > 0)
            {
                parts.Add(part);
            }
        }
    }

    private static (string Dimension, double Factor, int Power)? Term(string term)
    {
        if (term.StartsWith("10*", StringComparison.Ordinal) || term.StartsWith("10^", StringComparison.Ordinal))
        {
            return int.TryParse(term.AsSpan(3), CultureInfo.InvariantCulture, out int tens) ? ("", Math.Pow(10, tens), 1) : null;
        }

        string atom = term.Length > 1 ? term.TrimEnd("0123456789+-".ToCharArray()) : term;
        int power = 1;
        if (atom.Length < term.Length && !int.TryParse(term.AsSpan(atom.Length), CultureInfo.InvariantCulture, out power))
        {
            return null;
        }

        if (Atoms.TryGetValue(atom, out (string Dimension, double Factor) plain))
        {
            return (plain.Dimension, Math.Pow(plain.Factor, power), power);
        }

        return atom.Length > 1 && Prefixes.TryGetValue(atom[..1], out double prefix)
            && Atoms.TryGetValue(atom[1..], out (string Dimension, double Factor) rest)
            ? (rest.Dimension, Math.Pow(prefix * rest.Factor, power), power)
            : null;
    }
}
