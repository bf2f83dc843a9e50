using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Reads times with the precision that the source gave: the literal itself, never a parsed one.</summary>
internal static class Moments
{
    public static string? Literal(PrimitiveType? element) => element?.JsonValue as string;

    /// <summary>When it was or began. An age, a range of ages or words are no date and give null.</summary>
    public static string? Start(DataType? value) => value switch
    {
        FhirDateTime or Date or Instant => Literal((PrimitiveType)value),
        Period period => Literal(period.StartElement) ?? Literal(period.EndElement),
        Timing timing => timing.EventElement.Select(e => Literal(e)).FirstOrDefault(e => e is not null) ?? Start(timing.Repeat?.Bounds),
        _ => null,
    };

    public static string? End(DataType? value) => value switch
    {
        Period period => Literal(period.EndElement),
        Timing timing => End(timing.Repeat?.Bounds),
        _ => null,
    };

    /// <summary>What an onset or abatement says that is not a date: <c>age 45 years</c>, the source's words.</summary>
    public static string? Words(DataType? value) => value switch
    {
        Age age => Values.Words(age) is { } words ? "age " + words : null,
        Hl7.Fhir.Model.Range range => Values.Words(range) is { } words ? "age " + words : null,
        FhirString text => Concepts.Text(text.Value),
        _ => null,
    };
}
