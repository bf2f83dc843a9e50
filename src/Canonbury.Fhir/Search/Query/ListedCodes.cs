using Canonbury.Fhir.Search.Terms;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Query;

/// <summary>The codes of a value set that lists them, or names whole code systems, for <c>:in</c>. https://hl7.org/fhir/R4/valueset.html#compositions</summary>
public static class ListedCodes
{
    /// <summary>Null where the value set says its codes by a filter or by another value set: then a terminology server must tell.</summary>
    public static CodesTerm? Of(ValueSet valueSet)
    {
        HashSet<(string?, string)> codes = [];
        HashSet<string> systems = new(StringComparer.Ordinal);
        if (valueSet.Expansion is { Contains.Count: > 0 } expansion)
        {
            Add(codes, expansion.Contains);
            return new CodesTerm(codes, systems);
        }

        if (valueSet.Compose is not { } compose || compose.Exclude.Count > 0 || compose.Include.Any(include => include.Filter.Count > 0 || include.ValueSet.Any()))
        {
            return null;
        }

        foreach (ValueSet.ConceptSetComponent include in compose.Include.Where(include => include.System is not null))
        {
            codes.UnionWith(include.Concept.Where(concept => concept.Code is not null).Select(concept => ((string?)include.System, concept.Code!)));
            if (include.Concept.Count == 0)
            {
                systems.Add(include.System!);
            }
        }

        return new CodesTerm(codes, systems);
    }

    private static void Add(HashSet<(string?, string)> codes, IEnumerable<ValueSet.ContainsComponent> concepts)
    {
        foreach (ValueSet.ContainsComponent concept in concepts)
        {
            if (concept.Code is not null && concept.Abstract != true)
            {
                codes.Add((concept.System, concept.Code));
            }

            Add(codes, concept.Contains);
        }
    }
}
