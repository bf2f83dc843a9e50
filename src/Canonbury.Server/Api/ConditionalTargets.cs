using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Canonbury.Record.Search;
using Microsoft.AspNetCore.WebUtilities;

namespace Canonbury.Server.Api;

/// <summary>The search of conditional interactions and conditional references. https://hl7.org/fhir/R4/http.html#ccreate</summary>
internal static class ConditionalTargets
{
    /// <summary>The final ids of the resources that meet the criteria: as many as there are, or two where there are more.</summary>
    /// <param name="query">As in a URL, without the question mark. What is not understood refuses it: fewer criteria would mean other resources.</param>
    public static Task<(IReadOnlyList<string> Ids, Problem? Problem)> FindAsync(FhirCall call, string type, string query) =>
        Task.FromResult(Find(call, type, query));

    private static (IReadOnlyList<string> Ids, Problem? Problem) Find(FhirCall call, string type, string query)
    {
        List<KeyValuePair<string, string>> parameters =
            [.. QueryHelpers.ParseQuery(query).SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value ?? ""))];
        (SearchQuery? search, Problem? refused) = Search.Read(call, [type], parameters, strict: true);
        if (search is null)
        {
            return ([], refused);
        }

        if (search.Criteria.Count == 0)
        {
            return ([], new Problem(ProblemKind.Invalid, "criteria-absent", "Every resource of the type would meet these criteria."));
        }

        SearchAnswer answer = call.Rooms.Search.Find(
            call.Grant, new SearchQuery { Types = search.Types, Criteria = search.Criteria, Linked = search.Linked, Source = call.Source, Count = 2 }, after: null);
        return answer.Page is { } page ? ([.. page.Matches.Select(match => match.Id)], null) : ([], answer.Problem);
    }
}
