using Canonbury.Fhir.Problems;

namespace Canonbury.Server.Api;

/// <summary>Everything under the base that is no interaction of ours: 405 where the URL is one but the method is not, else 404.</summary>
internal static class Unmapped
{
    public static readonly Problem NotHere =
        new(ProblemKind.NotFound, "not-supported", "There is no such interaction or operation here.");

    public static Task AnswerAsync(HttpContext context)
    {
        string[] parts = (context.GetRouteValue("rest") as string ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        string? allowed = parts switch
        {
            [] => "POST",
            ["metadata"] => "GET",
            [['_' or '$', ..], ..] => null,
            [_] => "GET, POST",
            [_, "_search"] => "POST",
            [_, ['_' or '$', ..]] => null,
            [_, _] => "GET, PUT, DELETE",
            [_, _, "_history", _] => "GET",
            _ => null,
        };
        if (allowed is null)
        {
            return FhirAnswer.Of(NotHere).SendAsync(context);
        }

        context.Response.Headers.Allow = allowed;
        Problem wrongMethod = new(ProblemKind.MethodNotAllowed, "method-not-supported", $"Here one may use {allowed}.");
        return FhirAnswer.Of(wrongMethod).SendAsync(context);
    }
}
