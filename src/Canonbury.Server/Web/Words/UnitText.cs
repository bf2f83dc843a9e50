using System.Text.RegularExpressions;

namespace Canonbury.Server.Web.Words;

/// <summary>
/// Units as they are printed on a laboratory report: <c>10*9/L</c> becomes ×10⁹/L, <c>umol/L</c> becomes µmol/L. Only the letters change, never
/// the unit; the item's page has it as sent.
/// </summary>
public static partial class UnitText
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public static string? Of(string? unit) => unit switch
    {
        null => null,
        "mm[Hg]" => "mmHg",
        "Cel" => "°C",
        "[degF]" => "°F",
        _ => Letters(unit),
    };

    private static string Letters(string unit) => SquareMetres().Replace(
        Micro().Replace(PowerOfTen().Replace(unit, power => $"×10{Raise(power.Groups[1].Value)}"), "µ"), "$1²");

    private static string Raise(string digits) => string.Concat(digits.Select(digit => Raised[digit - '0']));

    // UCUM section 4.2: 10*9 and 10^9.
    [GeneratedRegex(@"^10[*^](\d+)")]
    private static partial Regex PowerOfTen();

    // UCUM writes u for micro; "U" (enzyme unit) and "units" are no micro.
    [GeneratedRegex(@"(?<=^|/)u(?=(g|mol|L|l|kat|m|s)(/|$))")]
    private static partial Regex Micro();

    [GeneratedRegex(@"(?<=[\d/. ])(m)2$")]
    private static partial Regex SquareMetres();
}
