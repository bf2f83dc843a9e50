using System.Globalization;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>How exactly the source gave a time.</summary>
public enum TimePrecision
{
    Year, Month, Day, Hour, Minute, Second, Fraction,
}

/// <summary>
/// A point in time as HL7 v2 writes it (TS, DTM, DT): <c>YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]</c>. The precision is kept; a
/// time of
/// day without an offset is in the feed's zone; a date stays a date.
/// </summary>
/// <param name="Start">The beginning of what was given: midnight in the feed's zone for a date.</param>
/// <param name="Precision">How far it was given.</param>
public readonly record struct Moment(DateTimeOffset Start, TimePrecision Precision)
{
    /// <summary>As a FHIR date: never more exact than a day.</summary>
    public string Date => Start.ToString(Precision switch
    {
        TimePrecision.Year => "yyyy",
        TimePrecision.Month => "yyyy-MM",
        _ => "yyyy-MM-dd",
    }, CultureInfo.InvariantCulture);

    /// <summary>
    /// As a FHIR dateTime. FHIR R4 datatypes.html#dateTime: with hours come minutes, seconds (noughts where unknown) and an offset.
    /// </summary>
    public string DateTime => Precision switch
    {
        <= TimePrecision.Day => Date,
        TimePrecision.Fraction => Start.ToString("yyyy-MM-ddTHH:mm:ss.FFFFzzz", CultureInfo.InvariantCulture),
        _ => Start.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
    };

    public FhirDateTime FhirDateTime => new(DateTime);

    public Date FhirDate => new(Date);

    /// <summary>As a FHIR instant; null when the source gave no more than a day, because an instant claims more.</summary>
    public DateTimeOffset? Instant => Precision > TimePrecision.Day ? Start : null;

    /// <summary>Reads a TS or DTM; null when it is absent, an explicit null, or (with a finding) invalid.</summary>
    public static Moment? Read(Repetition value, Draft draft) => Read(value[1], value[2].Text, draft);

    public static Moment? Read(Field field, Draft draft) => Read(field.First, draft);

    /// <summary>Reads a component that holds a DTM, such as XAD-13.</summary>
    public static Moment? Read(Component value, Draft draft) => Read(value, null, draft);

    /// <summary>Reads a sub-component that holds a DTM, such as the two of a DR.</summary>
    public static Moment? ReadSub(Component value, int number, Draft draft) => Read(value, value.Sub(number), null, draft);

    private static Moment? Read(Component value, string? degree, Draft draft) => Read(value, value.Text, degree, draft);

    private static Moment? Read(Component value, string? text, string? degree, Draft draft)
    {
        if (text is null)
        {
            return null;
        }

        if (!MomentParser.TryParse(text, draft.Context.Zone, out Moment moment, out ZoneDoubt doubt))
        {
            draft.Report(value.Path, "time-invalid", "The value is no date or time of HL7 v2; it was left out.");
            return null;
        }

        if (doubt == ZoneDoubt.Ambiguous)
        {
            draft.Report(value.Path, "time-ambiguous",
                "The local time occurs twice when the clocks go back and has no offset; it was taken as the first.");
        }
        else if (doubt == ZoneDoubt.Skipped)
        {
            draft.Report(value.Path, "time-not-existing",
                "The local time does not exist when the clocks go forward; it was taken with the offset from before the change.");
        }

        return moment with { Precision = Limit(moment.Precision, degree) };
    }

    /// <summary>TS.2, degree of precision (deprecated since 2.3): a sender may pad with noughts and say here how much it knows.</summary>
    private static TimePrecision Limit(TimePrecision given, string? degree)
    {
        TimePrecision limit = degree switch
        {
            "Y" => TimePrecision.Year,
            "L" => TimePrecision.Month,
            "D" => TimePrecision.Day,
            "H" => TimePrecision.Hour,
            "M" => TimePrecision.Minute,
            _ => given,
        };
        return limit < given ? limit : given;
    }
}
