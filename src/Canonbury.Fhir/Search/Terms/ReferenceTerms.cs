using Canonbury.Fhir.Search.Values;

namespace Canonbury.Fhir.Search.Terms;

/// <summary>A resource that is referred to. https://hl7.org/fhir/R4/search.html#reference</summary>
/// <param name="Type">Null where only the id was given.</param>
/// <param name="Ids">The ids under which it may stand: one, or with it those that the caller's own id stands for.</param>
/// <param name="Url">The whole as it was written where it leads elsewhere; null for a resource here.</param>
/// <param name="Version">The version that was asked for; null for any.</param>
public sealed record ReferenceTerm(string? Type, IReadOnlyList<string> Ids, string? Url, string? Version) : SearchTerm
{
    public override bool Matches(SearchValue value) => value switch
    {
        SearchValue.Reference { Base: null } local => Url is null && (Type is null || local.Type == Type) && Ids.Contains(local.Id)
            && (Version is null || local.Version == Version),
        SearchValue.Reference foreign => Url == $"{foreign.Base}/{foreign.Type}/{foreign.Id}" && (Version is null || foreign.Version == Version),

        // A canonical matches with any version where none was asked for (references.html#canonical).
        SearchValue.Uri { Text: var uri } => Url is { } url && (uri == url || (uri.StartsWith(url, StringComparison.Ordinal) && uri[url.Length] == '|')),
        _ => false,
    };
}

/// <summary><c>:identifier</c>: a reference that names its target by an identifier.</summary>
public sealed record LogicalTerm(TokenTerm Identifier) : SearchTerm
{
    public override bool Matches(SearchValue value) =>
        value is SearchValue.Logical logical && Identifier.Matches(new SearchValue.Token(logical.System, logical.Value));
}

/// <summary>A chain, resolved: a reference to one of these.</summary>
public sealed record TargetsTerm(IReadOnlySet<(string Type, string Id)> Targets) : SearchTerm
{
    public override bool Matches(SearchValue value) =>
        value is SearchValue.Reference { Base: null, Type: { } type, Id: { } id } && Targets.Contains((type, id));
}

/// <summary>A tuple of a composite, each part of which must hold in the same place. https://hl7.org/fhir/R4/search.html#combining</summary>
public sealed record TupleTerm(IReadOnlyList<SearchTerm> Parts) : SearchTerm
{
    public override bool NeedsResource => true;

    public override bool Matches(SearchValue value) =>
        value is SearchValue.Tuple tuple && Parts.Index().All(part => tuple.Components[part.Index].Any(part.Item.Matches));
}
