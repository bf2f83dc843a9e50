using System.Globalization;
using System.Text.RegularExpressions;

namespace Canonbury.Fhir.Text;

/// <summary>The period that a date, dateTime or instant stands for: a year is all of it. https://hl7.org/fhir/R4/search.html#date</summary>
public static partial class PartialTime
{
    /// <summary>First moment and first moment after it; null for what is no date. Without a zone it is UTC.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Period(string text)
    {
        if (Form().Match(text) is not { Success: true } match
            || !DateTimeOffset.TryParse(Whole(match), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset from))
        {
            return null;
        }

        try
        {
            return (from, match switch
            {
                _ when match.Groups["fraction"].Success => from.AddMicroseconds(1),
                _ when match.Groups["second"].Success => from.AddSeconds(1),
                _ when match.Groups["minute"].Success => from.AddMinutes(1),
                _ when match.Groups["day"].Success => from.AddDays(1),
                _ when match.Groups["month"].Success => from.AddMonths(1),
                _ => from.AddYears(1),
            });
        }
        catch (ArgumentOutOfRangeException)
        {
            // The last day that there is.
            return (from, DateTimeOffset.MaxValue);
        }
    }

    private static string Whole(Match match)
    {
        string Part(string name, string otherwise) => match.Groups[name] is { Success: true, Value: var value } ? value : otherwise;
        return $"{match.Groups["year"].Value}-{Part("month", "01")}-{Part("day", "01")}T{Part("hour", "00")}:{Part("minute", "00")}:{Part("second", "00")}"
            + Part("fraction", "") + Part("zone", "");
    }

    [GeneratedRegex(
        @"^(?<year>\d{4})(-(?<month>\d\d)(-(?<day>\d\d)(T(?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)(?<fraction>\.\d{1,7})?\d*)?(?<zone>Z|[+-]\d\d:\d\d)?)?)?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
