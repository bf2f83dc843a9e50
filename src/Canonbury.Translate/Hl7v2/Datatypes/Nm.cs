using System.Globalization;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Numbers (NM, SI): an optional sign, digits, an optional decimal point; no exponent, no thousands separator.</summary>
public static class Nm
{
    /// <summary>
    /// The number with the digits that the source gave (<c>5.0</c> keeps its nought); null, with a finding, for a text that is none.
    /// </summary>
    public static decimal? Read(Component value, Draft draft)
    {
        if (value.Text is not { } text)
        {
            return null;
        }

        if (TryParse(text, out decimal number))
        {
            return number;
        }

        draft.Report(value.Path, "number-invalid", "The value is not a number of HL7 v2.");
        return null;
    }

    public static decimal? Read(Field field, Draft draft) => Read(field.First[1], draft);

    /// <summary>A whole number that FHIR can hold as an integer; null otherwise, with a finding where there was a text.</summary>
    public static int? ReadInteger(Field field, Draft draft) =>
        Read(field, draft) is { } number and > int.MinValue and < int.MaxValue && number == decimal.Truncate(number)
        ? (int)number
        : null;

    public static bool TryParse(ReadOnlySpan<char> text, out decimal number) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
