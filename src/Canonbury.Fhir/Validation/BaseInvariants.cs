using System.Collections.Frozen;
using System.Reflection;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation.Profiles;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation;

/// <summary>Checks a resource against the rules that R4 itself states for its types. https://hl7.org/fhir/R4/conformance-rules.html#constraints</summary>
public static class BaseInvariants
{
    /// <summary>Some rules compare all with all: what is larger than this is not asked.</summary>
    private const int MostEntries = 1000;

    private const int MostElements = 50_000;

    private static readonly Lazy<FrozenDictionary<string, ElementDefinition.ConstraintComponent[]>> Rules = new(Read);

    /// <param name="resource">What the parser found to be R4.</param>
    public static IReadOnlyList<Issue> Check(Resource resource)
    {
        List<Issue> issues = [];
        int left = MostElements;
        Enter(resource, null, resource.TypeName, resource, resource, issues, ref left);
        return left >= 0 ? issues :
        [
            .. issues,
            new Issue(
                "invariants-not-checked", "The resource is too large for all of R4's rules to be asked.", resource.TypeName,
                Type: OperationOutcome.IssueType.TooCostly, Severity: OperationOutcome.IssueSeverity.Information),
        ];
    }

    /// <param name="place">Of the element in the type that holds it, such as <c>Patient.contact</c>; null for a resource.</param>
    /// <param name="inner">The nearest resource: what %resource means.</param>
    /// <param name="root">The resource that contains it: what %rootResource means.</param>
    private static void Enter(Base element, string? place, string path, Resource inner, Resource root, List<Issue> issues, ref int left)
    {
        if (element is Resource resource)
        {
            left = resource is DomainResource { Contained.Count: > MostEntries } or Bundle { Entry.Count: > MostEntries } ? -1 : left;
            (inner, root) = (resource, place?.EndsWith(".contained", StringComparison.Ordinal) == true ? root : resource);
        }

        if (--left < 0)
        {
            return;
        }

        string type = ModelInfo.ModelInspector.FindClassMapping(element.GetType())?.Name ?? element.TypeName;
        foreach (string rules in new[] { type, element is DomainResource ? "DomainResource" : null, place == type ? null : place }.OfType<string>())
        {
            foreach (ElementDefinition.ConstraintComponent rule in Rules.Value.GetValueOrDefault(rules, []))
            {
                if (Invariants.Holds(element, inner, root, rule) == false)
                {
                    issues.Add(new Issue(
                        "invariant", $"R4's rule {rule.Key} does not hold: {rule.Expression}", path, Type: OperationOutcome.IssueType.Invariant,
                        Severity: rule.Severity == ConstraintSeverity.Warning ? OperationOutcome.IssueSeverity.Warning : OperationOutcome.IssueSeverity.Error));
                }
            }
        }

        foreach ((string name, object value) in element.EnumerateElements())
        {
            if (value is Base child)
            {
                Enter(child, $"{type}.{name}", $"{path}.{name}", inner, root, issues, ref left);
            }
            else if (value is IEnumerable<Base> children)
            {
                int index = 0;
                foreach (Base item in children)
                {
                    Enter(item, $"{type}.{name}", $"{path}.{name}[{index++}]", inner, root, issues, ref left);
                }
            }
        }
    }

    private static FrozenDictionary<string, ElementDefinition.ConstraintComponent[]> Read()
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream("Canonbury.Fhir.Validation.r4-invariants.tsv")
            ?? throw new InvalidOperationException("R4's rules are part of the program.");
        using StreamReader lines = new(file);
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .GroupBy(line => line[0], StringComparer.Ordinal)
            .ToFrozenDictionary(
                of => of.Key,
                of => of.Select(line => new ElementDefinition.ConstraintComponent
                {
                    Key = line[1],
                    Severity = line[2] == "warning" ? ConstraintSeverity.Warning : ConstraintSeverity.Error,
                    Expression = line[3],
                }).ToArray(),
                StringComparer.Ordinal);
    }
}
