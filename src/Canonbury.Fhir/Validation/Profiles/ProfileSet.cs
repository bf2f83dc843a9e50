using System.Collections.Concurrent;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>The profiles, value sets and code systems that an installation has, by their canonical URLs.</summary>
public sealed class ProfileSet
{
    /// <summary>Longer than any chain of profiles that means something.</summary>
    private const int LongestChain = 20;

    private const string BaseUrl = "http://hl7.org/fhir/StructureDefinition/";

    public static readonly ProfileSet Empty = new([]);

    private readonly Dictionary<string, StructureDefinition> definitions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ElementRule> rules = new(StringComparer.Ordinal);

    /// <param name="resources">Other types of resources among them are passed over.</param>
    public ProfileSet(IEnumerable<Resource> resources)
    {
        Dictionary<string, ValueSet> sets = new(StringComparer.Ordinal);
        Dictionary<string, CodeSystem> systems = new(StringComparer.Ordinal);
        foreach (Resource resource in resources)
        {
            switch (resource)
            {
                case StructureDefinition { Url: { } url } definition:
                    definitions[url] = definition;
                    break;
                case ValueSet { Url: { } url } set:
                    sets[url] = set;
                    break;
                case CodeSystem { Url: { } url } system:
                    systems[url] = system;
                    break;
            }
        }

        Codes = new ValueSetCodes(sets, systems);
    }

    public int Count => definitions.Count;

    internal ValueSetCodes Codes { get; }

    /// <param name="canonical">With or without a version after a bar.</param>
    public bool Contains(string canonical) => Definition(canonical) is not null;

    /// <summary>The type that a profile is for, by its canonical URL; null where it is not known.</summary>
    public string? TypeOf(string canonical) => Definition(canonical)?.Type
        ?? (canonical.StartsWith(BaseUrl, StringComparison.Ordinal) && ModelInfo.IsCoreModelType(canonical[BaseUrl.Length..]) ? canonical[BaseUrl.Length..] : null);

    /// <summary>Null where the profile is not known.</summary>
    internal ElementRule? Find(string canonical) => Definition(canonical) is { Url: { } url } definition
        ? rules.GetOrAdd(url, (_, start) => ProfileRules.Of(Chain(start)), definition)
        : null;

    private StructureDefinition? Definition(string canonical)
    {
        string[] parts = canonical.Split('|', 2);
        return definitions.TryGetValue(parts[0], out StructureDefinition? definition)
            && (parts.Length == 1 || definition.Version is null || definition.Version == parts[1]) ? definition : null;
    }

    private List<StructureDefinition> Chain(StructureDefinition start)
    {
        List<StructureDefinition> chain = [];
        for (StructureDefinition? next = start; next is not null && chain.Count < LongestChain; next = Base(next))
        {
            chain.Add(next);
        }

        return chain;
    }

    private StructureDefinition? Base(StructureDefinition of) =>
        of is { Derivation: StructureDefinition.TypeDerivationRule.Constraint, BaseDefinition: { } up } ? Definition(up) : null;
}
