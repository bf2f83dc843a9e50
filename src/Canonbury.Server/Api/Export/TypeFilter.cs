using System.Text.RegularExpressions;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Types;

namespace Canonbury.Server.Api.Export;

/// <summary>
/// One search of <c>_typeFilter</c>, such as <c>Observation?code=718-7</c>. It decides by the resource alone, so that an export reads each resource once:
/// no chains, lists or value sets. https://hl7.org/fhir/uv/bulkdata/export.html#_typefilter-query-parameter
/// </summary>
internal static partial class TypeFilter
{
    private const string At = "http._typeFilter";

    /// <summary>They shape an answer that is a bundle.</summary>
    private static readonly string[] OfTheAnswer =
        ["_sort", "_count", "_total", "_summary", "_elements", "_contained", "_containedType", "_include", "_revinclude", "_format", "_pretty", "_page", "_linked"];

    /// <summary>Searches stand between commas, as the alternatives in a search do: a search begins with its type.</summary>
    public static string[] Split(string value) => Between().Split(value);

    public static (string Type, IReadOnlyList<Predicate>? Predicates, Problem? Refused) Read(string query, QueryContext context)
    {
        if (query.Split('?', 2) is not [var type, { Length: > 0 } conditions] || !ResourceTypes.Contains(type))
        {
            return ("", null, new Problem(ProblemKind.Invalid, "parameter-value-invalid", "'_typeFilter' is a search of a type, such as Observation?code=718-7.", At));
        }

        List<KeyValuePair<string, string>> parameters = [.. conditions.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter)];
        if (parameters.Find(parameter => OfTheAnswer.Contains(parameter.Key.Split(':')[0])) is { Key: { } shaping })
        {
            return (type, null, Problem.NotSupported("A search of '_typeFilter' has conditions only.", $"{At}.{shaping}"));
        }

        ReadQuery read = new QueryReader(context with { Strict = true }).Read([type], parameters);
        if (read.Query is not { } understood)
        {
            return (type, null, read.Problem);
        }

        List<Predicate> predicates = [];
        for (int i = 0; i < understood.Criteria.Count; i++)
        {
            if (Alone(understood.Criteria[i]) is not { } predicate)
            {
                return (type, null, Problem.NotSupported("A search of '_typeFilter' asks about no other resource: no chain, list or value set.", $"{At}.{parameters[i].Key}"));
            }

            predicates.Add(predicate);
        }

        return (type, predicates, null);
    }

    private static Predicate? Alone(Criterion criterion) => criterion switch
    {
        Predicate predicate => predicate,
        Criterion.AnyOf any when any.Criteria.Select(Alone).ToList() is var all && all.TrueForAll(one => one is not null) => new AnyPredicate([.. all.OfType<Predicate>()]),
        _ => null,
    };

    // Once more than the whole value: rfc3986, section 2.4. A plus sign stands for itself, as in a time zone.
    private static KeyValuePair<string, string> Parameter(string text)
    {
        string[] parts = text.Split('=', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    [GeneratedRegex(@",(?=[A-Z][A-Za-z]*\?)")]
    private static partial Regex Between();
}
