using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Values;

/// <summary>The time that an element covers. https://hl7.org/fhir/R4/search.html#date</summary>
internal static class Dates
{
    /// <summary>Null where the element is none of date, dateTime, instant, Period, Timing, or says nothing.</summary>
    public static DateRange? Of(Base element) => element switch
    {
        Period period => Of(period),
        Timing timing => Of(timing),
        PrimitiveType { JsonValue: string text } => DateRange.Parse(text),
        _ => null,
    };

    /// <summary>An open end reaches as far as time does.</summary>
    private static DateRange? Of(Period period)
    {
        DateRange? start = period.Start is null ? null : DateRange.Parse(period.Start);
        DateRange? end = period.End is null ? null : DateRange.Parse(period.End);
        return start is null && end is null
            ? null
            : new DateRange(start?.First ?? DateRange.Always.First, end?.Last ?? DateRange.Always.Last);
    }

    /// <summary>From the first to the last of its events and bounds: search.html says that the outer limits are what matters.</summary>
    private static DateRange? Of(Timing timing)
    {
        List<DateRange> ranges = [.. timing.Event.Select(moment => moment is null ? null : DateRange.Parse(moment)).OfType<DateRange>()];
        if (timing.Repeat?.Bounds is Period bounds && Of(bounds) is { } within)
        {
            ranges.Add(within);
        }

        return ranges.Count == 0 ? null : new DateRange(ranges.Min(range => range.First), ranges.Max(range => range.Last));
    }
}
