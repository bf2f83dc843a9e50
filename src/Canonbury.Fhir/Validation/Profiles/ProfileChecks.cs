using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;
using Type = Hl7.Fhir.Model.OperationOutcome.IssueType;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>Checks one element and all below it against the rules of a profile, and collects what is wrong, each with its element.</summary>
/// <param name="root">The resource that is checked: what %resource means.</param>
internal sealed class ProfileChecks(ProfileSet profiles, Resource root)
{
    private readonly Slices slices = new(profiles);
    private readonly List<Issue> issues = [];

    public IReadOnlyList<Issue> Issues => issues;

    /// <param name="path">The element, as FHIRPath.</param>
    public void Check(Base element, ElementRule rule, string path)
    {
        if (rule.Fixed is { } wanted && !element.IsExactly(wanted))
        {
            Add("fixed-mismatch", $"The profile fixes the value of {Called(rule)}, and this is another.", path, Type.Value);
        }

        if (rule.Pattern is { } pattern && !element.Matches(pattern))
        {
            Add("pattern-mismatch", $"This lacks what the profile's pattern of {Called(rule)} asks for.", path, Type.Value);
        }

        CheckBinding(element, rule, path);
        CheckInvariants(element, rule, path);
        CheckType(element, rule, path);
        foreach (ElementRule child in rule.Children.Where(child => child.Name != "value" || element is not PrimitiveType))
        {
            CheckChild(element, child, path);
        }
    }

    private void CheckChild(Base parent, ElementRule rule, string path)
    {
        (Base Item, string Step)[] items = [.. Elements.Children(parent, rule.Name)];
        Count(rule, items.Length, $"{path}.{Plain(rule.Name)}");
        foreach ((Base item, string step) in items)
        {
            Check(item, rule, $"{path}.{step}");
        }

        if (rule.Slices.Count > 0)
        {
            CheckSlices(rule, items, path);
        }
    }

    private void CheckSlices(ElementRule rule, (Base Item, string Step)[] items, string path)
    {
        bool[] isSettled = new bool[items.Length];
        foreach (ElementRule slice in rule.Slices)
        {
            bool?[] belongs = [.. items.Select(item => slices.Contains(rule, slice, item.Item))];
            for (int i = 0; i < items.Length; i++)
            {
                isSettled[i] |= belongs[i] != false;
                if (belongs[i] == true)
                {
                    Check(items[i].Item, slice, $"{path}.{items[i].Step}");
                }
            }

            if (!belongs.Contains(null))
            {
                Count(slice, belongs.Count(one => one == true), $"{path}.{Plain(rule.Name)}");
            }
        }

        if (rule.Slicing?.Rules == ElementDefinition.SlicingRules.Closed)
        {
            foreach ((Base Item, string Step) item in items.Where((_, at) => !isSettled[at]))
            {
                Add("slice-unexpected", $"The profile closes {Called(rule)}, and this belongs to none of its slices.", $"{path}.{item.Step}", Type.Structure);
            }
        }
    }

    private void Count(ElementRule rule, int count, string path)
    {
        if (count < rule.Min)
        {
            Add("cardinality-too-few", $"The profile asks for {Called(rule)} at least {Times(rule.Min)}; here it is {Times(count)}.", path, Type.Required);
        }
        else if (count > rule.Max)
        {
            Add("cardinality-too-many", $"The profile allows {Called(rule)} at most {Times(rule.Max.Value)}; here it is {Times(count)}.", path, Type.Structure);
        }
    }

    private void CheckBinding(Base element, ElementRule rule, string path)
    {
        // R4's own value sets of a code are part of the model, and were checked when it was parsed.
        if (rule.Binding is not { Strength: BindingStrength.Required or BindingStrength.Extensible, ValueSet: { } set } binding
            || (element is PrimitiveType && set.StartsWith("http://hl7.org/fhir/ValueSet/", StringComparison.Ordinal)))
        {
            return;
        }

        bool isRequired = binding.Strength == BindingStrength.Required;
        bool?[] contained = [.. Elements.Codes(element).Select(code => profiles.Codes.Contains(set, code.System, code.Code))];
        bool isText = contained.Length == 0 && element is CodeableConcept && isRequired && element.EnumerateElements().Any();
        if (isText || (contained.Length > 0 && contained.All(one => one == false)))
        {
            Add(
                "code-not-in-value-set",
                isRequired ? $"The code must be of the value set {set}." : $"No code is of the value set {set}, from which one is taken where it has a fitting one.",
                path,
                Type.CodeInvalid,
                isRequired ? OperationOutcome.IssueSeverity.Error : OperationOutcome.IssueSeverity.Warning);
        }
    }

    private void CheckInvariants(Base element, ElementRule rule, string path)
    {
        foreach (ElementDefinition.ConstraintComponent invariant in rule.Invariants.Where(invariant => Invariants.Holds(element, root, root, invariant) == false))
        {
            bool isWarning = invariant.Severity == ConstraintSeverity.Warning;
            Add(
                "invariant", $"The profile's rule {invariant.Key} does not hold: {invariant.Human}", path, Type.Invariant,
                isWarning ? OperationOutcome.IssueSeverity.Warning : OperationOutcome.IssueSeverity.Error);
        }
    }

    private void CheckType(Base element, ElementRule rule, string path)
    {
        string[] codes = [.. rule.Types.Select(type => type.Code ?? "")];
        if (codes.Length > 0 && !codes.Contains(element.TypeName) && !codes.Any(code => code.Contains('/', StringComparison.Ordinal)
            || code is "BackboneElement" or "Element" or "Resource" or "DomainResource"))
        {
            Add("type-not-allowed", $"The profile allows {Called(rule)} to be {string.Join(" or ", codes)}.", path, Type.Structure);
            return;
        }

        ElementDefinition.TypeRefComponent[] types = [.. rule.Types.Where(type => type.Code == element.TypeName)];
        if (element is ResourceReference reference && TargetOf(reference) is { } target && types.Length > 0
            && types.All(type => type.TargetProfile.Any() && type.TargetProfile.All(profile => profile is not null && profiles.TypeOf(profile) is { } known && known != "Resource" && known != target)))
        {
            Add("reference-target", $"The profile does not allow {Called(rule)} to refer to a {target}.", path, Type.Structure);
        }

        // Extensions are checked by their own definitions, wherever they stand.
        if (element is DataType and not Extension && types is [{ } only] && only.Profile.FirstOrDefault() is { } nested && profiles.Find(nested) is { } more)
        {
            Check(element, more, path);
        }
    }

    private static string? TargetOf(ResourceReference reference) =>
        reference.Type is { Length: > 0 } type && ResourceTypes.Contains(type) ? type
        : reference.Reference?.Split('/') is [.., { } named, _] && ResourceTypes.Contains(named) ? named
        : null;

    private static string Called(ElementRule rule) => rule.Slice is { } slice ? $"the slice {slice} of {rule.Name}" : rule.Name;

    private static string Plain(string name) => name.EndsWith("[x]", StringComparison.Ordinal) ? name[..^3] : name;

    private static string Times(int count) => count switch
    {
        0 => "not there",
        1 => "once",
        _ => $"{count} times",
    };

    private void Add(string code, string words, string path, Type type, OperationOutcome.IssueSeverity severity = OperationOutcome.IssueSeverity.Error) =>
        issues.Add(new Issue(code, words, path, null, type, severity));
}
