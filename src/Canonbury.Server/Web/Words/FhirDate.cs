using System.Globalization;

namespace Canonbury.Server.Web.Words;

/// <summary>
/// A FHIR date or dateTime with the precision that the source gave: a month stays a month (FHIR R4 datatypes.html#dateTime).
/// </summary>
/// <param name="Start">The first moment that it can mean, for sorting and for filters.</param>
/// <param name="Text">As a page writes it.</param>
/// <param name="HasDay">False for a year or a month alone.</param>
public sealed record FhirDate(DateTimeOffset Start, string Text, bool HasDay)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    public DateOnly Day => UkTime.DateOf(Start);

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
                return new FhirDate(UkTime.StartOf(date), Words(date, form), form.Length == 10);
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? new FhirDate(moment, UkTime.Moment(moment), true)
            : new FhirDate(DateTimeOffset.MinValue, text, false);
    }

    private static string Words(DateOnly date, string form) => form switch
    {
        "yyyy" => date.ToString("yyyy", CultureInfo.InvariantCulture),
        "yyyy-MM" => date.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        _ => UkTime.Date(date),
    };
}
