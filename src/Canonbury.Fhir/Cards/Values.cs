using System.Globalization;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Reads <c>value[x]</c>: quantities as numbers with their unit, everything else as short words.</summary>
internal static class Values
{
    public const string Ucum = "http://unitsofmeasure.org";

    /// <summary>The card with the value in it: number, comparator and unit, or text.</summary>
    public static Card With(Card card, DataType? value) => value switch
    {
        Quantity { Value: not null } quantity => card with
        {
            Value = quantity.Value,
            Comparator = Concepts.Literal(quantity.ComparatorElement),
            Unit = Concepts.Text(quantity.Unit) ?? quantity.Code,
            UnitCode = quantity.System is Ucum ? quantity.Code : null,
        },
        Integer { Value: { } number } => card with { Value = number },
        _ => card with { Text = Words(value) },
    };

    public static string? Words(DataType? value) => value switch
    {
        null => null,
        Quantity quantity => Number(quantity),
        CodeableConcept concept => Concepts.Words(concept),
        Coding coding => Concepts.Words(coding),
        FhirBoolean { Value: { } truth } => truth ? "yes" : "no",
        Hl7.Fhir.Model.Range range => Between(range),
        Ratio ratio => Concepts.Join([Number(ratio.Numerator), Number(ratio.Denominator)])?.Replace(", ", " : ", StringComparison.Ordinal),
        Period period => Concepts.Join([Moments.Start(period), Moments.End(period)])?.Replace(", ", " to ", StringComparison.Ordinal),
        Attachment attachment => Concepts.Text(attachment.Title) ?? attachment.ContentType,
        ResourceReference reference => Concepts.Text(reference.Display),
        PrimitiveType primitive => Concepts.Text(Convert.ToString(primitive.JsonValue, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static string? Number(Quantity? quantity)
    {
        if (quantity?.Value is not { } value)
        {
            return null;
        }

        string number = Concepts.Literal(quantity.ComparatorElement) + value.ToString(CultureInfo.InvariantCulture);
        return (Concepts.Text(quantity.Unit) ?? quantity.Code) is { } unit ? $"{number} {unit}" : number;
    }

    private static string? Between(Hl7.Fhir.Model.Range range) => (range.Low?.Value, range.High?.Value) switch
    {
        (null, null) => null,
        ({ } low, null) => "from " + Number(range.Low),
        (null, { } high) => "up to " + Number(range.High),
        ({ } low, { } high) => low.ToString(CultureInfo.InvariantCulture) + " to " + Number(range.High),
    };
}
