using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// OBX-7. The published map keeps the text; limits are added where the text is one of the forms of chapter 7, OBX-7 (<c>low-high</c>,
/// <c>&lt;high</c>, <c>&gt;low</c>), so that a chart can draw them.
/// </summary>
internal static class ReferenceRanges
{
    public static Observation.ReferenceRangeComponent? Read(Field field, Unit? unit)
    {
        string? text = field.First.IsValued ? field[1].Text : null;
        ReadOnlySpan<char> core = text.AsSpan().Trim("[]() ");
        if (core.IsEmpty)
        {
            return null;
        }

        Observation.ReferenceRangeComponent range = new() { Text = text };
        Quantity.QuantityComparator? comparator = Quantities.Comparator(core, out int length);
        if (comparator is not null)
        {
            if (Nm.TryParse(core[length..].Trim(), out decimal limit))
            {
                bool isUpper = comparator is Quantity.QuantityComparator.LessThan or Quantity.QuantityComparator.LessOrEqual;
                range.High = isUpper ? Quantities.Of(limit, unit) : null;
                range.Low = isUpper ? null : Quantities.Of(limit, unit);
            }
        }
        else if (TrySplit(core, out decimal low, out decimal high) && low <= high)
        {
            range.Low = Quantities.Of(low, unit);
            range.High = Quantities.Of(high, unit);
        }

        return range;
    }

    /// <summary>A hyphen, a dash or the word "to" between two numbers, either of which may be negative.</summary>
    private static bool TrySplit(ReadOnlySpan<char> text, out decimal low, out decimal high)
    {
        low = high = 0;
        for (int i = 1; i < text.Length - 1; i++)
        {
            bool isWord = text[i..].StartsWith("to ", StringComparison.OrdinalIgnoreCase);
            int width = text[i] is '-' or '\u2013' or '\u2014' ? 1 : isWord ? 2 : 0;
            if (width > 0 && Nm.TryParse(text[..i].Trim(), out low) && Nm.TryParse(text[(i + width)..].Trim(), out high))
            {
                return true;
            }
        }

        return false;
    }
}
