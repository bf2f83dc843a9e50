using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Query;

/// <summary>Reads one parameter of a search that is a condition. https://hl7.org/fhir/R4/search.html</summary>
internal sealed class CriterionReader(QueryContext context)
{
    private readonly TermReader terms = new(context);

    /// <summary>Null with an issue where it is not understood.</summary>
    /// <param name="types">The types that are searched; none for all.</param>
    /// <param name="key">The name with modifier and chain.</param>
    /// <param name="at">The key as it stands in the query, for the issue.</param>
    public (Criterion? Criterion, Issue? Issue) Read(IReadOnlyList<string> types, string key, string value, string at, int depth = 0)
    {
        if (depth > SearchLimits.ChainDepth)
        {
            return Wrong("chain-too-deep", $"A chain may have at most {SearchLimits.ChainDepth} links.", at);
        }

        if (key.StartsWith("_has:", StringComparison.Ordinal))
        {
            return Has(types, key["_has:".Length..], value, at, depth);
        }

        int dot = key.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
        {
            return Chain(types, key[..dot], key[(dot + 1)..], value, at, depth);
        }

        int colon = key.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? key : key[..colon];
        string? modifier = colon < 0 ? null : key[(colon + 1)..];
        return name switch
        {
            "_id" => Ids(types, modifier, value, at),
            "_text" or "_content" when modifier is null => (new FullTextPredicate(name == "_content", value), null),
            "_list" when modifier is null => (new Criterion.InList([.. Escapes.Split(value, ',').SelectMany(list => context.Ids("List", Escapes.Undo(list)))]), null),
            "near" when types is ["Location"] && modifier is null => NearPredicate.Read(value) is { } near ? (near, null) : Value(name, at),
            _ => Find(types, name) is { } parameter ? Parameter(parameter, modifier, value, at) : Unknown(name, at),
        };
    }

    /// <summary>The parameter of that name where every type that is searched has it.</summary>
    public static SearchParameter? Find(IReadOnlyList<string> types, string name)
    {
        IEnumerable<SearchParameter?> found = types.Count == 0
            ? [SearchParameters.Common.FirstOrDefault(parameter => parameter.Name == name)]
            : types.Select(type => SearchParameters.Find(type, name));
        List<SearchParameter?> all = [.. found];
        return all.TrueForAll(parameter => parameter is not null && parameter.Kind == all[0]!.Kind && parameter.Kind != SearchParamType.Special) ? all[0] : null;
    }

    private (Criterion?, Issue?) Parameter(SearchParameter parameter, string? modifier, string value, string at)
    {
        if (modifier == "missing" && parameter.Components.Count == 0)
        {
            return value is "true" or "false" ? (new MissingPredicate(parameter, value == "true"), null) : Value(parameter.Name, at);
        }

        if (modifier is "in" or "not-in" && parameter.Kind == SearchParamType.Token)
        {
            return (new Criterion.InValueSet(parameter, Escapes.Undo(value), modifier == "not-in"), null);
        }

        if (!Allows(parameter, modifier))
        {
            return Wrong("modifier-not-supported", $"'{parameter.Name}' does not have this modifier.", at, OperationOutcome.IssueType.NotSupported);
        }

        IReadOnlyList<string> alternatives = Escapes.Split(value, ',');
        if (alternatives.Count > SearchLimits.Alternatives)
        {
            return Wrong("too-many-values", $"A parameter may have at most {SearchLimits.Alternatives} values.", at);
        }

        SearchTerm?[] read = [.. alternatives.Select(text => text.Length == 0 ? null
            : parameter.Components.Count > 0 ? terms.Tuple(parameter.Components, text)
            : terms.Read(parameter.Kind, modifier == "not" ? null : modifier, text, parameter.Targets))];
        return read.Any(term => term is null) ? Value(parameter.Name, at) : (new ValuePredicate(parameter, read!, modifier == "not"), null);
    }

    // search.html#modifiers: a modifier that the server does not support shall be refused.
    private static bool Allows(SearchParameter parameter, string? modifier) => modifier is null || parameter.Kind switch
    {
        SearchParamType.String => modifier is "exact" or "contains",
        SearchParamType.Token => modifier is "text" or "not" or "of-type",
        SearchParamType.Reference => modifier == "identifier" || parameter.Targets.Contains(modifier),
        SearchParamType.Uri => modifier is "above" or "below",
        _ => false,
    };

    private (Criterion?, Issue?) Ids(IReadOnlyList<string> types, string? modifier, string value, string at)
    {
        if (modifier is not (null or "not"))
        {
            return Wrong("modifier-not-supported", "'_id' does not have this modifier.", at, OperationOutcome.IssueType.NotSupported);
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (string id in Escapes.Split(value, ','))
        {
            ids.Add(id);
            ids.UnionWith(types.SelectMany(type => context.Ids(type, id)));
        }

        return (new IdPredicate(ids, modifier == "not"), null);
    }

    private (Criterion?, Issue?) Chain(IReadOnlyList<string> types, string head, string rest, string value, string at, int depth)
    {
        string[] parts = head.Split(':');
        if (Find(types, parts[0]) is not { Kind: SearchParamType.Reference } parameter || parts.Length > 2)
        {
            return Unknown(head, at);
        }

        if (parts.Length == 2 && !parameter.Targets.Contains(parts[1]))
        {
            return Wrong("chain-type-wrong", $"'{parts[0]}' does not refer to that type.", at);
        }

        List<Criterion> chains = [];
        Issue? first = null;
        IEnumerable<string> targets = parts.Length == 2 ? [parts[1]] : parameter.Targets.Order(StringComparer.Ordinal);
        foreach (string target in targets)
        {
            (Criterion? inner, Issue? issue) = Read([target], rest, value, at, depth + 1);
            first ??= issue;
            if (inner is not null)
            {
                chains.Add(new Criterion.Chain(parameter, target, inner));
            }
        }

        return chains switch
        {
            [] => (null, first),
            [var one] => (one, null),
            _ => (new Criterion.AnyOf(chains), null),
        };
    }

    private (Criterion?, Issue?) Has(IReadOnlyList<string> types, string rest, string value, string at, int depth)
    {
        if (rest.Split(':', 3) is not [var source, var reference, { Length: > 0 } condition] || !ResourceTypes.Contains(source))
        {
            return Wrong("has-malformed", "A reverse chain is _has:Type:reference:parameter.", at);
        }

        if (SearchParameters.Find(source, reference) is not { Kind: SearchParamType.Reference } parameter || !types.Any(parameter.Targets.Contains))
        {
            return Unknown(reference, at);
        }

        (Criterion? inner, Issue? issue) = Read([source], condition, value, at, depth + 1);
        return inner is null ? (null, issue) : (new Criterion.Has(source, parameter, inner), null);
    }

    private static (Criterion?, Issue?) Unknown(string name, string at) =>
        Wrong("parameter-unknown", "This server does not search by this parameter.", at, OperationOutcome.IssueType.NotSupported);

    private static (Criterion?, Issue?) Value(string name, string at) =>
        Wrong("parameter-value-invalid", $"The value is not one that '{name}' can have.", at);

    private static (Criterion?, Issue?) Wrong(
        string code, string words, string at, OperationOutcome.IssueType type = OperationOutcome.IssueType.Invalid) =>
        (null, new Issue(code, words, $"http.{at}", Type: type));
}
