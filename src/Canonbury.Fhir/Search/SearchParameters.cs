using System.Collections.Concurrent;
using System.Collections.Frozen;
using Canonbury.Fhir.Search.Paths;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search;

/// <summary>
/// The search parameters of every R4 type: the registry as the SDK carries it, and the base ones that it leaves out.
/// https://hl7.org/fhir/R4/searchparameter-registry.html
/// </summary>
public static class SearchParameters
{
    private static readonly ILookup<string, SearchParamDefinition> Registry =
        ModelInfo.SearchParameters.Where(definition => definition.Expression is { Length: > 0 }).ToLookup(definition => definition.Resource!);

    private static readonly FrozenDictionary<string, SearchParamDefinition> ByUrl = ModelInfo.SearchParameters
        .Where(definition => definition.Url is not null)
        .GroupBy(definition => definition.Url!)
        .ToFrozenDictionary(group => group.Key, group => group.First());

    private static readonly FrozenSet<string> NoTargets = FrozenSet<string>.Empty;

    /// <summary>Those of every type whose values are stored; <c>_id</c>, <c>_text</c>, <c>_content</c> and <c>_list</c> look elsewhere.</summary>
    private static readonly SearchParameter[] OfEveryType =
    [
        Base("_lastUpdated", SearchParamType.Date, "Resource.meta.lastUpdated"),
        Base("_tag", SearchParamType.Token, "Resource.meta.tag"),
        Base("_profile", SearchParamType.Uri, "Resource.meta.profile"),
        Base("_security", SearchParamType.Token, "Resource.meta.security"),
        Base("_source", SearchParamType.Uri, "Resource.meta.source"),
    ];

    // Compiled when a type is first used, since that takes longer than all of them are worth at the start.
    private static readonly ConcurrentDictionary<string, FrozenDictionary<string, SearchParameter>> Compiled = new(StringComparer.Ordinal);

    /// <summary>Every parameter of a type, by name.</summary>
    public static IReadOnlyDictionary<string, SearchParameter> Of(string type) => Compiled.GetOrAdd(type, Compile);

    /// <summary>Those that a search over several types may use. https://hl7.org/fhir/R4/search.html#all</summary>
    public static IReadOnlyList<SearchParameter> Common => OfEveryType;

    public static SearchParameter? Find(string type, string name) => Of(type).GetValueOrDefault(name);

    private static FrozenDictionary<string, SearchParameter> Compile(string type) =>
        Registry[type].Select(definition => Compile(definition, type)).Concat(OfEveryType).ToFrozenDictionary(parameter => parameter.Name, StringComparer.Ordinal);

    private static SearchParameter Compile(SearchParamDefinition definition, string type) => new(
        definition.Name!, definition.Type, definition.Url, PathParser.Parse(definition.Expression!, type), TargetsOf(definition))
    {
        Components = [.. (definition.Component ?? []).Select(Component)],
    };

    private static ComponentParameter Component(SearchParamComponent component)
    {
        SearchParamDefinition definition = ByUrl[component.Definition];
        return new ComponentParameter(definition.Type, PathParser.Parse(component.Expression, type: null), TargetsOf(definition));
    }

    private static FrozenSet<string> TargetsOf(SearchParamDefinition definition) =>
        definition.Target?.Select(target => target.ToString()).ToFrozenSet(StringComparer.Ordinal) ?? NoTargets;

    private static SearchParameter Base(string name, SearchParamType kind, string expression) =>
        new(name, kind, $"http://hl7.org/fhir/SearchParameter/Resource-{name.TrimStart('_')}", PathParser.Parse(expression, "Resource"), NoTargets);
}
