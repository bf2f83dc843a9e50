namespace Canonbury.Fhir.Search.Query;

/// <summary>What reading a search needs to know of the server and the caller.</summary>
/// <param name="BaseUrl">The server's own base, so that its absolute references are known as its own.</param>
/// <param name="Now">For approximate dates.</param>
/// <param name="OtherId">The id here of a resource that the caller knows by an id of its own; null where it is the same (design, section 4: ids).</param>
/// <param name="Strict">True where what is not understood refuses the search. https://hl7.org/fhir/R4/search.html#errors</param>
public sealed record QueryContext(string BaseUrl, DateTimeOffset Now, Func<string, string, string?> OtherId, bool Strict)
{
    /// <summary>The ids under which a resource may stand here.</summary>
    internal IReadOnlyList<string> Ids(string type, string id) => OtherId(type, id) is { } other && other != id ? [id, other] : [id];
}
