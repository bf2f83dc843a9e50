using System.Collections.Frozen;

namespace Canonbury.Fhir.Json.Shaping;

/// <summary>Which part of a resource is wanted. https://hl7.org/fhir/R4/search.html#summary</summary>
public enum Part
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The elements that R4 marks as summary.</summary>
    Summary,

    /// <summary>The narrative, with what must be there at the root.</summary>
    Text,

    /// <summary>Everything but the narrative.</summary>
    Data,

    /// <summary>The named elements, with what must be there at the root. https://hl7.org/fhir/R4/search.html#elements</summary>
    Elements,
}

/// <summary>How resources are cut for an answer.</summary>
public sealed record Shape(Part Part)
{
    public static readonly Shape Whole = new(Part.Whole);

    /// <summary>Elements of the root that are wanted of every type.</summary>
    public FrozenSet<string> Elements { get; init; } = [];

    /// <summary>Elements that are wanted of one type, as <c>Patient.name</c>.</summary>
    public FrozenSet<string> TypedElements { get; init; } = [];

    /// <summary>The resource as UTF-8 JSON without what is not wanted, marked as a part; the same bytes where all of it is wanted.</summary>
    /// <param name="json">Well-formed JSON of a resource, such as was stored.</param>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json) => Part == Part.Whole ? json : Subsetting.Apply(this, json);

    /// <summary>Whether an element of a resource's root stays.</summary>
    internal bool Keeps(string type, ElementFacts element) => element.Name is "id" or "meta" or "implicitRules" or "modifierExtension" || Part switch
    {
        Part.Data => element.Name != "text",
        Part.Summary => element.InSummary || element.IsMandatory,
        Part.Text => element.Name == "text" || element.IsMandatory,
        Part.Elements => element.IsMandatory || Elements.Contains(element.Name) || TypedElements.Contains($"{type}.{element.Name}") || !Names(type),
        _ => true,
    };

    // A type of which nothing is said, while other types have elements of their own, is not cut.
    private bool Names(string type) => Elements.Count > 0 || TypedElements.Any(name => name.StartsWith(type + ".", StringComparison.Ordinal));
}
