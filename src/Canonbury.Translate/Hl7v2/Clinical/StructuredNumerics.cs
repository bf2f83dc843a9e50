using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// SN, structured numeric (chapter 2A): a comparison, a range, a ratio or a graded plus (published maps SN[Quantity], SN[Range],
/// SN[Ratio]).
/// </summary>
internal static class StructuredNumerics
{
    public static DataType? Read(Repetition value, Unit? unit)
    {
        string comparatorText = value[1].Text ?? "";
        string separator = value[3].Text ?? "";
        bool hasFirst = Nm.TryParse(value[2].Text, out decimal first);
        bool hasSecond = Nm.TryParse(value[4].Text, out decimal second);
        Quantity.QuantityComparator? comparator = Quantities.Comparator(comparatorText, out int length);

        // "<>" (unequal) and unknown comparators have no code in FHIR; a plus after the number is a grade such as 3+.
        bool isComparable = comparatorText is "" or "=" || (comparator is not null && length == comparatorText.Length);
        if (!isComparable || !hasFirst || (separator.Length > 0 && separator is not ("-" or ":" or "/")))
        {
            return AsText(value, unit);
        }

        switch (separator)
        {
            case "-" when hasSecond:
                return new Hl7.Fhir.Model.Range { Low = Quantities.Of(first, unit), High = Quantities.Of(second, unit) };
            case ":" or "/" when hasSecond:
                Quantity numerator = Quantities.Of(first, unit);
                numerator.Comparator = comparator;
                return new Ratio { Numerator = numerator, Denominator = Quantities.Of(second, null) };
            case "":
                Quantity quantity = Quantities.Of(first, unit);
                quantity.Comparator = comparator;
                return quantity;
            default:
                return AsText(value, unit);
        }
    }

    private static FhirString? AsText(Repetition value, Unit? unit)
    {
        string text = string.Concat(value[1].Text, value[2].Text, value[3].Text, value[4].Text);
        return text.Length == 0 ? null : new FhirString(unit is null ? text : $"{text} {unit.Text}");
    }
}
