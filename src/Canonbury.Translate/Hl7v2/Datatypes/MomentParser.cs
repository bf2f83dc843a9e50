using System.Globalization;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Whether the feed's zone leaves a doubt about a local time.</summary>
internal enum ZoneDoubt
{
    None,

    /// <summary>In the hour that comes twice in autumn.</summary>
    Ambiguous,

    /// <summary>In the hour that spring leaves out.</summary>
    Skipped,
}

/// <summary>Reads the text of a TS or DTM.</summary>
internal static class MomentParser
{
    public static bool TryParse(ReadOnlySpan<char> text, TimeZoneInfo zone, out Moment moment, out ZoneDoubt doubt)
    {
        moment = default;
        doubt = ZoneDoubt.None;
        if (!TryTakeOffset(ref text, out TimeSpan? offset) || !TryTakeFraction(ref text, out long ticks, out bool hasFraction))
        {
            return false;
        }

        if (text.Length is not (4 or 6 or 8 or 10 or 12 or 14) || text.ContainsAnyExceptInRange('0', '9')
            || (hasFraction && text.Length != 14))
        {
            return false;
        }

        int year = Number(text[..4]);
        int month = text.Length >= 6 ? Number(text[4..6]) : 1;
        int day = text.Length >= 8 ? Number(text[6..8]) : 1;
        int hour = text.Length >= 10 ? Number(text[8..10]) : 0;
        int minute = text.Length >= 12 ? Number(text[10..12]) : 0;
        int second = text.Length >= 14 ? Number(text[12..14]) : 0;

        // The first and the last year leave no room for an offset.
        if (year is < 2 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23
            || minute > 59 || second > 59)
        {
            return false;
        }

        DateTime local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).AddTicks(ticks);
        TimePrecision precision = hasFraction ? TimePrecision.Fraction : (TimePrecision)((text.Length - 4) / 2);
        if (offset is null && precision > TimePrecision.Day)
        {
            doubt = zone.IsInvalidTime(local) ? ZoneDoubt.Skipped : zone.IsAmbiguousTime(local) ? ZoneDoubt.Ambiguous : ZoneDoubt.None;
        }

        moment = new Moment(new DateTimeOffset(local, offset ?? OffsetIn(zone, local, doubt)), precision);
        return true;
    }

    private static TimeSpan OffsetIn(TimeZoneInfo zone, DateTime local, ZoneDoubt doubt)
    {
        TimeSpan offset = doubt switch
        {
            // The first of the two is the one with summer time, the greater offset.
            ZoneDoubt.Ambiguous => zone.GetAmbiguousTimeOffsets(local).Max(),
            ZoneDoubt.Skipped => zone.GetUtcOffset(local.AddHours(-2)),
            _ => zone.GetUtcOffset(local),
        };

        // Zones before standard time have seconds in their offset (Europe/London until 1847), which FHIR cannot write.
        return TimeSpan.FromMinutes(Math.Round(offset.TotalMinutes));
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.EndsWith("Z"))
        {
            // Not in the standard, but it can mean only one thing.
            text = text[..^1];
            offset = TimeSpan.Zero;
            return text.Length > 8;
        }

        int sign = text.IndexOfAny('+', '-');
        if (sign < 0)
        {
            return true;
        }

        ReadOnlySpan<char> digits = text[(sign + 1)..];
        if (digits.Length != 4 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        int minutes = (Number(digits[..2]) * 60) + Number(digits[2..]);
        if (minutes > 14 * 60 || Number(digits[2..]) > 59)
        {
            return false;
        }

        offset = TimeSpan.FromMinutes(text[sign] == '-' ? -minutes : minutes);
        text = text[..sign];
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> text, out long ticks, out bool hasFraction)
    {
        ticks = 0;
        int point = text.IndexOf('.');
        hasFraction = point >= 0;
        if (!hasFraction)
        {
            return true;
        }

        ReadOnlySpan<char> digits = text[(point + 1)..];
        text = text[..point];
        if (digits.Length is 0 or > 6 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        ticks = Number(digits) * (long)Math.Pow(10, 7 - digits.Length);
        return true;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
