using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>Makes quantities: the unit as sent is always kept, its UCUM code is added where it is known.</summary>
internal static class Quantities
{
    /// <summary>
    /// A number with an optional comparator in front, as laboratories write it even in NM: <c>98.0</c>, <c>&lt;0.5</c>, <c>&gt;= 90</c>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal number, out Quantity.QuantityComparator? comparator)
    {
        text = text.Trim();
        comparator = Comparator(text, out int length);
        return Nm.TryParse(text[length..].Trim(), out number);
    }

    public static Quantity.QuantityComparator? Comparator(ReadOnlySpan<char> text, out int length)
    {
        bool orEqual = text.Length > 1 && text[1] == '=';
        length = text.IsEmpty || text[0] is not ('<' or '>' or '\u2264' or '\u2265') ? 0 : orEqual ? 2 : 1;
        return length == 0 ? null : text[0] switch
        {
            '\u2264' => Quantity.QuantityComparator.LessOrEqual,
            '\u2265' => Quantity.QuantityComparator.GreaterOrEqual,
            '<' => orEqual ? Quantity.QuantityComparator.LessOrEqual : Quantity.QuantityComparator.LessThan,
            _ => orEqual ? Quantity.QuantityComparator.GreaterOrEqual : Quantity.QuantityComparator.GreaterThan,
        };
    }

    public static Quantity Of(decimal number, Unit? unit) => new()
    {
        Value = number,
        Unit = unit?.Text,
        System = unit?.System,
        Code = unit?.Code,
    };

    /// <summary>CQ: a number and its unit in one field (chapter 2A).</summary>
    public static Quantity? ReadCq(Repetition value, Draft draft)
    {
        if (value[1].Text is not { } text || !Nm.TryParse(text, out decimal number))
        {
            return null;
        }

        return Of(number, value[2].Text is { } unit ? Unit.Of(unit, value[2].Sub(2), value[2].Sub(3), value[2].Path, draft) : null);
    }
}
