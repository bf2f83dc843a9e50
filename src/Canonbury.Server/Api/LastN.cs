using System.Globalization;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Query;
using Canonbury.Record.Search;

namespace Canonbury.Server.Api;

/// <summary>
/// <c>GET [base]/Observation/$lastn</c>: the newest of each code, as many as <c>max</c> says. https://hl7.org/fhir/R4/observation-operation-lastn.html
/// </summary>
internal static class LastN
{
    private const int MostEach = 100;

    public static Task<FhirAnswer> AnswerAsync(FhirCall call) => Task.FromResult(Answer(call));

    private static FhirAnswer Answer(FhirCall call)
    {
        int max = 1;
        List<KeyValuePair<string, string>> conditions = [];
        foreach ((string name, string value) in RequestParameters.All(call.Context.Request))
        {
            if (name != "max")
            {
                conditions.Add(new(name, value));
            }
            else if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out max) || max is < 1 or > MostEach)
            {
                return FhirAnswer.Of(HistoryQuery.Invalid("max", $"'max' is a number from 1 to {MostEach}."));
            }
        }

        (SearchQuery? query, Problem? refused) = Search.Read(call, ["Observation"], conditions, strict: true);
        if (query is null)
        {
            return FhirAnswer.Of(refused!);
        }

        if (!conditions.Exists(condition => condition.Key.Split([':', '.'])[0] is "patient" or "subject"))
        {
            return FhirAnswer.Of(new Problem(ProblemKind.Invalid, "parameter-required", "Say whose observations: patient or subject.", "http.patient"));
        }

        SearchAnswer answer = call.Rooms.Search.NewestOfEach(call.Grant, query, SearchParameters.Find("Observation", "code")!, SearchParameters.Find("Observation", "date")!, max);
        return answer.Page is { } page ? Search.Answer(call, page, PageLinks.Of(call, null), []) : FhirAnswer.Of(answer.Problem!);
    }
}
