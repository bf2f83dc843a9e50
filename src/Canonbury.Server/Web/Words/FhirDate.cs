using System.Globalization;

namespace Canonbury.Server.Web.Words;

/// <summary>
/// A FHIR date or dateTime with the precision that the source gave: a month stays a month (FHIR R4 datatypes.html#dateTime).
/// </summary>
/// <param name="Start">The first moment that it can mean, for sorting and for filters.</param>
/// <param name="Text">As a page writes it.</param>
/// <param name="Short">As a table writes it.</param>
/// <param name="HasDay">False for a year or a month alone.</param>
public sealed record FhirDate(DateTimeOffset Start, string Text, string Short, bool HasDay)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    public DateOnly Day => UkTime.DateOf(Start);

    /// <summary>True where the source gave a time of day.</summary>
    private bool HasTime { get; init; }

    /// <summary>From when to when, for tables; the day once where it is the same. Null where neither is given.</summary>
    public static string? Span(string? from, string? until) => (Parse(from), Parse(until)) switch
    {
        (null, null) => null,
        ({ } start, null) => start.Short,
        (null, { } end) => $"until {end.Short}",
        ({ HasTime: true } start, { HasTime: true } end) when start.Day == end.Day => $"{start.Short} to {UkTime.Time(end.Start)}",
        ({ } start, { } end) when start.Short == end.Short => start.Short,
        ({ } start, { } end) => $"{start.Short} to {end.Short}",
    };

    /// <summary>Null where there is no date; a text that is no FHIR date is shown as sent, at the beginning of time.</summary>
    public static FhirDate? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        foreach (string form in DateForms)
        {
            if (DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            {
                return new FhirDate(UkTime.StartOf(date), Words(date, form), ShortWords(date, form), form.Length == 10);
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? new FhirDate(moment, UkTime.Moment(moment), UkTime.ShortMoment(moment), true) { HasTime = true }
            : new FhirDate(DateTimeOffset.MinValue, text, text, false);
    }

    /// <summary>The first moment that a date can mean, without the words: what sorting needs, thousands of times a page.</summary>
    public static DateTimeOffset? StartOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (text.Length <= 10)
        {
            string form = text.Length switch { 4 => DateForms[2], 7 => DateForms[1], _ => DateForms[0] };
            return DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
                ? UkTime.StartOf(date)
                : DateTimeOffset.MinValue;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : DateTimeOffset.MinValue;
    }

    private static string Words(DateOnly date, string form) => form switch
    {
        "yyyy" => date.ToString("yyyy", CultureInfo.InvariantCulture),
        "yyyy-MM" => date.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        _ => UkTime.Date(date),
    };

    private static string ShortWords(DateOnly date, string form) => form switch
    {
        "yyyy" => Words(date, form),
        "yyyy-MM" => date.ToString("MMM'\u00a0'yyyy", CultureInfo.InvariantCulture),
        _ => UkTime.ShortDate(date),
    };
}
