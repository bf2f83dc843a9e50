using System.Globalization;

namespace Canonbury.Fhir.Search.Values;

/// <summary>
/// The instants that a date covers, as its precision says: from the first, to the last, both included; in ticks of UTC.
/// https://hl7.org/fhir/R4/search.html#date
/// </summary>
public readonly record struct DateRange(long First, long Last)
{
    public static readonly DateRange Always = new(DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);

    private static readonly string[] Seconds = ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm"];

    public static DateRange At(DateTimeOffset instant) => new(instant.UtcTicks, instant.UtcTicks);

    /// <summary>
    /// Reads a FHIR date, dateTime or instant, or the shorter forms that a search may use; null where it is none. What has no zone is UTC.
    /// </summary>
    public static DateRange? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length is 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is > 0 and < 9999)
        {
            return Between(new DateTime(year, 1, 1), new DateTime(year + 1, 1, 1));
        }

        if (text.Length is 7 && DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime month)
            && month.Year < 9999)
        {
            return Between(month, month.AddMonths(1));
        }

        if (text.Length is 10 && DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day)
            && day.Year < 9999)
        {
            return Between(day, day.AddDays(1));
        }

        return text.Length > 10 ? Time(text) : null;
    }

    private static DateRange? Time(ReadOnlySpan<char> text)
    {
        int zoneAt = text[11..].IndexOfAny('Z', '+', '-');
        ReadOnlySpan<char> local = zoneAt < 0 ? text : text[..(11 + zoneAt)];
        ReadOnlySpan<char> zone = zoneAt < 0 ? "Z" : text[(11 + zoneAt)..];
        if (Offset(zone) is not { } offset)
        {
            return null;
        }

        int point = local.IndexOf('.');
        long fraction = 0;
        long width = TimeSpan.TicksPerSecond;
        if (point > 0)
        {
            ReadOnlySpan<char> digits = local[(point + 1)..];
            if (digits.Length is 0 or > 9 || digits.ContainsAnyExceptInRange('0', '9'))
            {
                return null;
            }

            foreach (char digit in digits[..Math.Min(7, digits.Length)])
            {
                width /= 10;
                fraction += (digit - '0') * width;
            }

            local = local[..point];
        }

        // A leap second is the second before it.
        bool leap = local.EndsWith(":60");
        if (!DateTime.TryParseExact(
            leap ? string.Concat(local[..^2], "59") : local, Seconds, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            || time.Year is < 2 or > 9998)
        {
            return null;
        }

        width = local.Length == 16 ? TimeSpan.TicksPerMinute : width;
        long first = time.Ticks + fraction - offset.Ticks;
        return new DateRange(first, first + width - 1);
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> zone) => zone is "Z" ? TimeSpan.Zero
        : zone.Length == 6 && TimeSpan.TryParseExact(zone[1..], @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan offset) && offset.Hours <= 14
            ? zone[0] == '-' ? -offset : offset
        : null;

    private static DateRange Between(DateTime first, DateTime next) => new(first.Ticks, next.Ticks - 1);
}
