using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// OBX-5 by the type that OBX-2 names (published map OBX[Observation]); a value that is not what its type says is kept as text.
/// </summary>
internal static class ObservationValues
{
    /// <summary>One repetition of OBX-5 as a FHIR value; null when it holds none.</summary>
    public static DataType? Read(string type, Repetition value, Unit? unit, Draft draft)
    {
        if (!value.IsValued)
        {
            return null;
        }

        switch (type)
        {
            case "NM" or "SI":
                return Number(value, unit, draft, isNumberPromised: true);
            case "":
                // Some monitors leave OBX-2 out; a number is still a number.
                return Number(value, unit, draft, isNumberPromised: false);
            case "SN":
                return StructuredNumerics.Read(value, unit) ?? Text(value);
            case "CE" or "CWE" or "CNE" or "CF" or "IS" or "ID":
                return (DataType?)Cwe.ToConcept(value, draft) ?? Text(value);
            case "TS" or "DTM" or "DT":
                return Moment.Read(value, draft) is { } moment ? moment.FhirDateTime : Text(value);
            case "TM":
                return (DataType?)Time(value[1].Text) ?? Text(value);
            case "DR":
                return (DataType?)Period(value, draft) ?? Text(value);
            case "NR":
                return (DataType?)NumericRange(value, unit) ?? Text(value);
            case "CQ":
                return (DataType?)Quantities.ReadCq(value, draft) ?? Text(value);
            case "ST" or "TX" or "FT":
                return Text(value);
            default:
                return Parts(value);
        }
    }

    private static DataType? Number(Repetition value, Unit? unit, Draft draft, bool isNumberPromised)
    {
        string text = value.WholeText.Trim();
        if (Quantities.TryParse(text, out decimal number, out Quantity.QuantityComparator? comparator))
        {
            Quantity quantity = Quantities.Of(number, unit);
            quantity.Comparator = comparator;
            return quantity;
        }

        if (isNumberPromised)
        {
            draft.Report(value.Path, "number-invalid", "The value is no number though OBX-2 says so; it is shown as text.");
        }

        return Text(value);
    }

    /// <summary>Senders often forget to escape separators in text, so all of the repetition is the text.</summary>
    private static FhirString? Text(Repetition value)
    {
        string text = value.WholeText.Trim();
        return text.Length == 0 ? null : new FhirString(text);
    }

    /// <summary>Types without a FHIR value of their own (XPN, XAD, XTN, CX, EI, HD, MO, NA ...): their parts, readable, in order.</summary>
    private static FhirString? Parts(Repetition value)
    {
        List<string> parts = [];
        for (int i = 1; i <= 12; i++)
        {
            if (value[i].WholeText is { Length: > 0 } part)
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? null : new FhirString(string.Join(' ', parts));
    }

    /// <summary>TM: HH[MM[SS[.S]]]; FHIR's time has no offset and always seconds.</summary>
    private static Time? Time(string? text)
    {
        ReadOnlySpan<char> digits = text.AsSpan();
        int zone = digits.IndexOfAny('+', '-');
        digits = zone < 0 ? digits : digits[..zone];
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> fraction = point < 0 ? [] : digits[point..];
        digits = point < 0 ? digits : digits[..point];
        if (digits.Length is not (2 or 4 or 6) || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        int hours = int.Parse(digits[..2], System.Globalization.CultureInfo.InvariantCulture);
        string minutes = digits.Length > 2 ? digits[2..4].ToString() : "00";
        string seconds = digits.Length > 4 ? digits[4..6].ToString() : "00";
        bool isPlain = fraction.Length <= 1 || fraction[1..].ContainsAnyExceptInRange('0', '9');
        return hours > 23 || string.CompareOrdinal(minutes, "59") > 0 || string.CompareOrdinal(seconds, "59") > 0
            ? null
            : new Time($"{hours:00}:{minutes}:{seconds}{(isPlain ? "" : fraction)}");
    }

    private static Period? Period(Repetition value, Draft draft)
    {
        Moment? start = Moment.Read(value[1], draft);
        Moment? end = Moment.Read(value[2], draft);
        return start is null && end is null ? null : new Period { StartElement = start?.FhirDateTime, EndElement = end?.FhirDateTime };
    }

    private static Hl7.Fhir.Model.Range? NumericRange(Repetition value, Unit? unit)
    {
        bool hasLow = Nm.TryParse(value[1].Text, out decimal low);
        bool hasHigh = Nm.TryParse(value[2].Text, out decimal high);
        return !hasLow && !hasHigh ? null : new Hl7.Fhir.Model.Range
        {
            Low = hasLow ? Quantities.Of(low, unit) : null,
            High = hasHigh ? Quantities.Of(high, unit) : null,
        };
    }
}
