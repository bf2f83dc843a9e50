using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>
/// Makes the rules of a profile from its snapshot, or from the differentials of the profiles that it is derived from, one on top of the other. What
/// the base type itself says is not part of them: whoever parsed the resource has checked it. https://hl7.org/fhir/R4/profiling.html
/// </summary>
internal static class ProfileRules
{
    /// <param name="chain">The profile, then the profile that it is derived from, and so on; not the base type.</param>
    public static ElementRule Of(IReadOnlyList<StructureDefinition> chain)
    {
        ElementRule root = new(chain[0].Type ?? "", null);

        // A snapshot says it all.
        int from = 0;
        while (from < chain.Count - 1 && chain[from].Snapshot is not { Element.Count: > 0 })
        {
            from++;
        }

        for (int at = from; at >= 0; at--)
        {
            StructureDefinition profile = chain[at];
            bool isWhole = at == from && profile.Snapshot is { Element.Count: > 0 };
            foreach (ElementDefinition said in (isWhole ? profile.Snapshot!.Element : profile.Differential?.Element) ?? [])
            {
                Place(root, said).Take(said);
            }
        }

        return root;
    }

    // https://hl7.org/fhir/R4/elementdefinition.html#id: the id tells the slices on the way, which the path does not.
    private static ElementRule Place(ElementRule root, ElementDefinition said)
    {
        ElementRule rule = root;
        foreach (string step in Id(said).Split('.').Skip(1))
        {
            string[] parts = step.Split(':', 2);
            rule = rule.Child(parts[0]);
            rule = parts.Length == 2 ? rule.SliceOf(parts[1]) : rule;
        }

        return rule;
    }

    private static string Id(ElementDefinition said) => said.ElementId is { Length: > 0 } id ? id
        : said.SliceName is { Length: > 0 } slice ? $"{said.Path}:{slice}"
        : said.Path ?? "";
}
