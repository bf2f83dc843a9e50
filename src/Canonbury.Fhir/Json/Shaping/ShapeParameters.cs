using System.Collections.Frozen;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Json.Shaping;

/// <summary>Reads <c>_summary</c> and <c>_elements</c>. https://hl7.org/fhir/R4/search.html#summary</summary>
public static class ShapeParameters
{
    // An element of a type that a search only includes may be named, too.
    private static readonly Lazy<FrozenSet<string>> RootNames = new(() => ModelInfo.ModelInspector.ClassMappings
        .Where(type => type.IsResource)
        .SelectMany(type => type.PropertyMappings.Select(element => element.Name))
        .ToFrozenSet(StringComparer.Ordinal));

    /// <summary>What is wanted; and why it is refused, where a value is none of the standard's.</summary>
    /// <param name="summary">The value of <c>_summary</c>; null or empty where it was not sent.</param>
    /// <param name="elements">The value of <c>_elements</c>; null or empty where it was not sent.</param>
    public static (Shape Shape, Problem? Refused) Of(string? summary, string? elements)
    {
        Part? part = summary switch
        {
            null or "" or "false" or "count" => Part.Whole,
            "true" => Part.Summary,
            "text" => Part.Text,
            "data" => Part.Data,
            _ => null,
        };
        if (part is not { } known)
        {
            return Refuse("_summary is one of true, text, data, count and false.", "_summary");
        }

        if (string.IsNullOrEmpty(elements))
        {
            return (known == Part.Whole ? Shape.Whole : new Shape(known), null);
        }

        return known != Part.Whole
            ? Refuse("Either _summary or _elements says what is wanted.", "_elements")
            : OfElements(elements);
    }

    private static (Shape Shape, Problem? Refused) OfElements(string elements)
    {
        string[] names = elements.Split(',', StringSplitOptions.TrimEntries);
        return names.All(IsElement)
            ? (new Shape(Part.Elements)
            {
                Elements = names.Where(name => !name.Contains('.', StringComparison.Ordinal)).Select(Root).ToFrozenSet(StringComparer.Ordinal),
                TypedElements = names.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(Root).ToFrozenSet(StringComparer.Ordinal),
            }, null)
            : Refuse("_elements names elements of a resource's root, with commas between them, as name or Patient.name.", "_elements");
    }

    private static bool IsElement(string name) => Root(name).Split('.') switch
    {
        [var element] => RootNames.Value.Contains(element),
        [var type, var element] => ResourceTypes.Contains(type)
            && ModelInfo.ModelInspector.FindClassMapping(type)?.FindMappedElementByName(element) is not null,
        _ => false,
    };

    private static string Root(string name) => name.EndsWith("[x]", StringComparison.Ordinal) ? name[..^3] : name;

    private static (Shape Shape, Problem? Refused) Refuse(string words, string parameter) =>
        (Shape.Whole, new Problem(ProblemKind.Invalid, "parameter-invalid", words, $"http.{parameter}"));
}
