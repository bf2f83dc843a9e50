using Canonbury.Database;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Index;
using Canonbury.Fhir.Search.Values;

namespace Canonbury.Record.Writing;

/// <summary>
/// One way to a resource across all people: a parameter and a value, folded. Only identifiers are worth their rows so far; those of patients are in
/// Identify's own table. It narrows, and the predicate decides (design, rule 6).
/// </summary>
internal readonly record struct Posting(int Parameter, string Value)
{
    /// <summary>Longer values are cut: index keys have a limit.</summary>
    private const int Longest = 200;

    public static readonly IReadOnlySet<Posting> None = new HashSet<Posting>();

    /// <summary>The parameters by which a type is posted.</summary>
    public static SearchParameter? ParameterOf(string type) => type == "Patient" ? null : SearchParameters.Find(type, "identifier");

    public static Posting Of(SearchParameter parameter, string code) => new(parameter.Number, (code.Length > Longest ? code[..Longest] : code).ToLowerInvariant());

    /// <param name="search">The stored search values; null where there are none.</param>
    public static IReadOnlySet<Posting> Of(string type, byte[]? search) =>
        search is null || ParameterOf(type) is not { Kind: Hl7.Fhir.Model.SearchParamType.Token } parameter
            ? None
            : IndexBytes.Read(search, parameter.Number)
                .OfType<SearchValue.Token>()
                .Where(token => token.Code is not null)
                .Select(token => Of(parameter, token.Code!))
                .ToHashSet();

    /// <summary>Brings the rows of a resource from its stored version to its newest.</summary>
    public static void Replace(Session session, DraftedResource resource)
    {
        foreach (Posting gone in resource.PostingsGone)
        {
            session.Write(
                "DELETE FROM posting WHERE parameter = $1 AND value = $2 AND bucket = $3 AND patient = $4 AND type = $5 AND id = $6",
                gone.Parameter, gone.Value, resource.Owner.Bucket, resource.Owner.Value, resource.Key.Type, resource.Key.Id);
        }

        foreach (Posting come in resource.PostingsCome)
        {
            session.Write(
                "INSERT INTO posting (parameter, value, bucket, patient, type, id) VALUES ($1, $2, $3, $4, $5, $6)",
                come.Parameter, come.Value, resource.Owner.Bucket, resource.Owner.Value, resource.Key.Type, resource.Key.Id);
        }
    }
}
