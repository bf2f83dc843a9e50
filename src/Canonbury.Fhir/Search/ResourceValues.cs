using Canonbury.Fhir.Search.Index;
using Canonbury.Fhir.Search.Values;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search;

/// <summary>
/// What predicates look at: the values of one resource, from its stored index, or from the resource itself. The same predicates over the same values
/// decide search, subscriptions and access filters (design, rule 6).
/// </summary>
public abstract class ResourceValues
{
    /// <summary>The type of the resource.</summary>
    public required string Type { get; init; }

    public required string Id { get; init; }

    /// <summary>The resource itself, for what the stored values leave out; parsed when it is asked for.</summary>
    public abstract Resource Resource { get; }

    /// <summary>Its values by one parameter, without texts, types of identifiers and composites where they come from the index.</summary>
    public abstract IReadOnlyList<SearchValue> Stored(SearchParameter parameter);

    /// <summary>Its values by one parameter, complete.</summary>
    public IReadOnlyList<SearchValue> Full(SearchParameter parameter) =>
        SearchParameters.Find(Type, parameter.Name) is { } own ? own.Extract(Resource) : [];

    public static ResourceValues Of(Resource resource) => new Parsed(resource) { Type = resource.TypeName, Id = resource.Id ?? "" };

    /// <param name="index">What <see cref="IndexBytes.Write"/> made; null where it must not or cannot be used: the resource then says everything.</param>
    public static ResourceValues Of(string type, string id, byte[]? index, Func<Resource> parse) =>
        new Indexed(index, parse) { Type = type, Id = id };

    private sealed class Parsed(Resource resource) : ResourceValues
    {
        public override Resource Resource => resource;

        public override IReadOnlyList<SearchValue> Stored(SearchParameter parameter) => Full(parameter);
    }

    private sealed class Indexed(byte[]? index, Func<Resource> parse) : ResourceValues
    {
        private Resource? parsed;

        public override Resource Resource => parsed ??= parse();

        public override IReadOnlyList<SearchValue> Stored(SearchParameter parameter) =>
            !parameter.IsStored || index is null ? Full(parameter) : IndexBytes.Read(index, parameter.Number);
    }
}
