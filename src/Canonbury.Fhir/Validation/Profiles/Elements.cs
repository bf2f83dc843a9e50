using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>Finds values in a resource by the names that profiles use.</summary>
internal static class Elements
{
    /// <summary>The values of one child with their places: <c>value[x]</c> and <c>valueQuantity</c> are found as <c>value</c>.</summary>
    public static IEnumerable<(Base Item, string Step)> Children(Base parent, string name)
    {
        string plain = name.EndsWith("[x]", StringComparison.Ordinal) ? name[..^3] : name;
        foreach ((string child, object value) in parent.EnumerateElements())
        {
            if (value is Base one && (child == plain || IsTyped(child, one, name)))
            {
                yield return (one, child);
            }
            else if (child == plain && value is IEnumerable<Base> many)
            {
                int index = 0;
                foreach (Base item in many)
                {
                    yield return (item, $"{child}[{index++}]");
                }
            }
        }
    }

    /// <summary>Every value at a path below an element; the element itself for an empty path.</summary>
    public static IEnumerable<Base> At(Base element, string[] path) => path.Length == 0
        ? [element]
        : Children(element, path[0]).SelectMany(child => At(child.Item, path[1..]));

    /// <summary>The codes that an element has, each with its system; a code alone has none.</summary>
    public static IEnumerable<(string? System, string Code)> Codes(Base element) => element switch
    {
        CodeableConcept concept => concept.Coding.SelectMany(Codes),
        Coding { Code: { Length: > 0 } code } coding => [(coding.System ?? "", code)],
        Quantity { Code: { Length: > 0 } code } quantity => [(quantity.System ?? "", code)],
        PrimitiveType { JsonValue: string code } and not FhirBoolean => [(null, code)],
        _ => [],
    };

    private static bool IsTyped(string child, Base value, string name) =>
        name.Length > child.Length && name.StartsWith(child, StringComparison.Ordinal)
        && string.Equals(name[child.Length..], value.TypeName, StringComparison.OrdinalIgnoreCase) && char.IsUpper(name[child.Length]);
}
