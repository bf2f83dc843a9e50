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

    /// <summary>The first instant, as a time.</summary>
    public DateTimeOffset Start => new(First, TimeSpan.Zero);

    /// <summary>The first instant after it; at the end of time, the last there is.</summary>
    public DateTimeOffset End => Last >= DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue : new DateTimeOffset(Last + 1, TimeSpan.Zero);

    public static DateRange At(DateTimeOffset instant) => new(instant.UtcTicks, instant.UtcTicks);

    /// <summary>
    /// Reads a FHIR date, dateTime or instant, or the shorter forms that a search may use; null where it is none. What has no zone is UTC.
    /// </summary>
    public static DateRange? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > 10)
        {
            return Time(text);
        }

        DateTime first;
        return text.Length switch
        {
            4 when DateTime.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out first) => Whole(first, new DateTime(first.Year, 12, 31)),
            7 when DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out first) =>
                Whole(first, new DateTime(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month))),
            10 when DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out first) => Whole(first, first),
            _ => null,
        };
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
            || time.Year < 2)
        {
            return null;
        }

        width = local.Length == 16 ? TimeSpan.TicksPerMinute : width;
        long first = Math.Min(time.Ticks + fraction - offset.Ticks, DateTime.MaxValue.Ticks);
        return new DateRange(first, Math.Min(first + width - 1, DateTime.MaxValue.Ticks));
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> zone) => zone is "Z" ? TimeSpan.Zero
        : zone.Length == 6 && TimeSpan.TryParseExact(zone[1..], @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan offset) && offset.Hours <= 14
            ? zone[0] == '-' ? -offset : offset
        : null;

    private static DateRange Whole(DateTime firstDay, DateTime lastDay) => new(firstDay.Ticks, lastDay.Ticks + TimeSpan.TicksPerDay - 1);
}
