using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>
/// What a profile and the profiles that it is derived from say of one element or of one slice of it; what none of them says is null or empty.
/// https://hl7.org/fhir/R4/elementdefinition.html
/// </summary>
/// <param name="name">As in the profile: <c>identifier</c>, <c>value[x]</c>; a type for the root.</param>
/// <param name="slice">Null for all of the element's values.</param>
internal sealed class ElementRule(string name, string? slice)
{
    private readonly List<ElementRule> children = [];
    private readonly List<ElementRule> slices = [];
    private readonly List<ElementDefinition.ConstraintComponent> invariants = [];

    public string Name { get; } = name;

    public string? Slice { get; } = slice;

    public int Min { get; private set; }

    /// <summary>Null where any number may be there.</summary>
    public int? Max { get; private set; }

    public DataType? Fixed { get; private set; }

    public DataType? Pattern { get; private set; }

    public ElementDefinition.ElementDefinitionBindingComponent? Binding { get; private set; }

    public IReadOnlyList<ElementDefinition.TypeRefComponent> Types { get; private set; } = [];

    public ElementDefinition.SlicingComponent? Slicing { get; private set; }

    /// <summary>The invariants of all profiles of the chain.</summary>
    public IReadOnlyList<ElementDefinition.ConstraintComponent> Invariants => invariants;

    public IReadOnlyList<ElementRule> Children => children;

    public IReadOnlyList<ElementRule> Slices => slices;

    /// <summary>The rule of a child, made where there is none yet.</summary>
    public ElementRule Child(string name) => Find(children, child => child.Name == name) ?? Add(children, new ElementRule(name, null));

    /// <summary>The rule of a slice, made where there is none yet.</summary>
    public ElementRule SliceOf(string slice) => Find(slices, known => known.Slice == slice) ?? Add(slices, new ElementRule(Name, slice));

    /// <summary>The rule of a child; null where the profile says nothing of it.</summary>
    public ElementRule? FindChild(string name) => Find(children, child => child.Name == name || child.Name == name + "[x]");

    /// <summary>Takes in what a profile says; a derived profile comes after its base and says it more narrowly.</summary>
    public void Take(ElementDefinition said)
    {
        Min = Math.Max(Min, said.Min ?? 0);
        Max = int.TryParse(said.Max, out int max) ? Math.Min(max, Max ?? max) : Max;
        Fixed = said.Fixed ?? Fixed;
        Pattern = said.Pattern ?? Pattern;
        Binding = said.Binding ?? Binding;
        Types = said.Type.Count > 0 ? said.Type : Types;
        Slicing = said.Slicing ?? Slicing;
        invariants.AddRange(said.Constraint);
    }

    private static ElementRule? Find(List<ElementRule> rules, Predicate<ElementRule> which) => rules.Find(which);

    private static ElementRule Add(List<ElementRule> rules, ElementRule rule)
    {
        rules.Add(rule);
        return rule;
    }
}
