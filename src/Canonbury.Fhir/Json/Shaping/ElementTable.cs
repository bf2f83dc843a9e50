using System.Collections.Concurrent;
using System.Collections.Frozen;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Json.Shaping;

/// <summary>What the model says of the elements of one type, by the name that each has in JSON; read from the model once.</summary>
internal sealed class ElementTable
{
    private static readonly ConcurrentDictionary<ClassMapping, ElementTable> Known = new();

    private readonly FrozenDictionary<string, ElementFacts>.AlternateLookup<ReadOnlySpan<char>> elements;

    private ElementTable(ClassMapping type) => elements = type.PropertyMappings
        .SelectMany(Facts)
        .DistinctBy(named => named.Key)
        .ToFrozenDictionary(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Null for a word that is no type.</summary>
    public static ElementTable? Of(string type) => ModelInfo.ModelInspector.FindClassMapping(type) is { } mapping ? Of(mapping) : null;

    public static ElementTable Of(ClassMapping type) => Known.GetOrAdd(type, known => new ElementTable(known));

    /// <param name="jsonName">As in JSON: <c>valueQuantity</c>, <c>_birthDate</c>.</param>
    public ElementFacts? Find(ReadOnlySpan<char> jsonName) =>
        elements.TryGetValue(jsonName.TrimStart('_'), out ElementFacts? facts) ? facts : null;

    // The name of a choice ends with its type: json.html#primitive, formats.html#choice.
    private static IEnumerable<KeyValuePair<string, ElementFacts>> Facts(PropertyMapping element) => element.Choice == ChoiceType.DatatypeChoice
        ? element.FhirTypeMappings.Select(type => Facts(element, $"{element.Name}{char.ToUpperInvariant(type.Name[0])}{type.Name[1..]}", type))
        : [Facts(element, element.Name, element.PropertyTypeMapping)];

    private static KeyValuePair<string, ElementFacts> Facts(PropertyMapping element, string jsonName, ClassMapping? type) =>
        new(jsonName, new ElementFacts(element.Name, element.InSummary, element.IsMandatoryElement, type is { IsFhirPrimitive: true } ? null : type));
}

/// <summary>One element.</summary>
/// <param name="Name">Without the type of a choice: <c>value</c>.</param>
/// <param name="Type">Null where it is primitive.</param>
internal sealed record ElementFacts(string Name, bool InSummary, bool IsMandatory, ClassMapping? Type);
