using Canonbury.Fhir.Search.Paths;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Values;

/// <summary>
/// Turns the element that a parameter's path leads to into the values that its kind of parameter compares.
/// https://hl7.org/fhir/R4/search.html#ptypes
/// </summary>
public static class ValueReader
{
    /// <summary>The system of true and false (R4 codesystem-special-values.html).</summary>
    public const string SpecialValues = "http://hl7.org/fhir/special-values";

    public static IEnumerable<SearchValue> Read(SearchParamType kind, Base element) => kind switch
    {
        SearchParamType.Token => Tokens(element),
        SearchParamType.String => Words(element).Where(text => text is { Length: > 0 }).Select(text => new SearchValue.Words(text!)),
        SearchParamType.Date => Dates.Of(element) is { } range ? [new SearchValue.Date(range)] : [],
        SearchParamType.Number or SearchParamType.Quantity => Quantities(element),
        SearchParamType.Reference => References(element),
        SearchParamType.Uri => Text(element) is { } uri ? [new SearchValue.Uri(uri)] : [],
        _ => [],
    };

    private static IEnumerable<SearchValue> Tokens(Base element)
    {
        switch (element)
        {
            case CodeableConcept concept:
                IEnumerable<SearchValue> codings = concept.Coding.Select(coding => new SearchValue.Token(coding.System, coding.Code, coding.Display ?? concept.Text));
                return concept.Text is { } text ? codings.Append(new SearchValue.Token(null, null, text)) : codings;
            case Coding coding:
                return [new SearchValue.Token(coding.System, coding.Code, coding.Display)];
            case Identifier identifier:
                return [new SearchValue.Token(
                    identifier.System, identifier.Value, identifier.Type?.Text,
                    identifier.Type is null ? null : [.. identifier.Type.Coding.Select(type => (type.System, type.Code))])];
            case ContactPoint contact:
                return [new SearchValue.Token(null, contact.Value)];
            case FhirBoolean { Value: { } value }:
                return [new SearchValue.Token(SpecialValues, value ? "true" : "false")];
            case PrimitiveType { JsonValue: string code }:
                // A code whose value set is required has its system from there.
                string? system = (element as ICoded)?.ToCodings().FirstOrDefault()?.System;
                return [new SearchValue.Token(system, code)];
            default:
                return [];
        }
    }

    private static IEnumerable<string?> Words(Base element) => element switch
    {
        HumanName name => [name.Text, name.Family, .. name.Given, .. name.Prefix, .. name.Suffix],
        Address address => [address.Text, .. address.Line, address.City, address.District, address.State, address.PostalCode, address.Country],
        Annotation note => [note.Text?.ToString()],
        CodeableConcept concept => [concept.Text, .. concept.Coding.Select(coding => coding.Display)],
        _ => [Text(element)],
    };

    private static IEnumerable<SearchValue> Quantities(Base element)
    {
        switch (element)
        {
            case Quantity { Value: { } value } quantity:
                (decimal? low, decimal? high) = quantity.Comparator switch
                {
                    Quantity.QuantityComparator.LessThan or Quantity.QuantityComparator.LessOrEqual => ((decimal?)null, (decimal?)value),
                    Quantity.QuantityComparator.GreaterThan or Quantity.QuantityComparator.GreaterOrEqual => (value, null),
                    _ => (value, value),
                };
                return [new SearchValue.Quantity(low, high, quantity.System, quantity.Code, quantity.Unit)];
            case Money { Value: { } value } money:
                return [new SearchValue.Quantity(value, value, "urn:iso:std:iso:4217", money.CurrencyElement?.JsonValue as string, null)];
            case Hl7.Fhir.Model.Range { Low: var first, High: var last } when first?.Value is not null || last?.Value is not null:
                Quantity unit = first ?? last!;
                return [new SearchValue.Quantity(first?.Value, last?.Value, unit.System, unit.Code, unit.Unit)];
            case SampledData { Origin.Value: { } origin } sampled:
                return [new SearchValue.Quantity(origin, origin, sampled.Origin.System, sampled.Origin.Code, sampled.Origin.Unit)];
            case FhirDecimal { Value: { } value }:
                return [new SearchValue.Quantity(value, value, null, null, null)];
            case Integer { Value: { } value }:
                return [new SearchValue.Quantity(value, value, null, null, null)];
            case UnsignedInt { Value: { } value }:
                return [new SearchValue.Quantity(value, value, null, null, null)];
            case PositiveInt { Value: { } value }:
                return [new SearchValue.Quantity(value, value, null, null, null)];
            default:
                return [];
        }
    }

    private static List<SearchValue> References(Base element)
    {
        switch (element)
        {
            case ResourceReference reference:
                List<SearchValue> found = [];
                if (reference.Reference is { Length: > 0 } text && text[0] != '#')
                {
                    found.Add(Literal(text));
                }

                if (reference.Identifier is { } identifier)
                {
                    found.Add(new SearchValue.Logical(identifier.System, identifier.Value));
                }

                return found;
            case Resource { Id: { } id } resource:
                return [new SearchValue.Reference(null, resource.TypeName, id, null)];
            default:
                // A canonical, with its version.
                return Text(element) is { } uri ? [new SearchValue.Uri(uri)] : [];
        }
    }

    private static SearchValue Literal(string text) => ReferenceText.Of(text) is { Type: not null } known
        ? new SearchValue.Reference(known.Base, known.Type, known.Id, known.Version)
        : new SearchValue.Uri(text);

    private static string? Text(Base element) => (element as PrimitiveType)?.JsonValue as string;
}
