using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Types;
using Microsoft.AspNetCore.Routing.Template;

namespace Canonbury.Server.Api;

/// <summary>
/// Everything under the base that is no interaction of ours: 405 where the URL is one but the method is not, else 404. OPTIONS says what may be
/// done with a URL (RFC 9110 section 9.3.7).
/// </summary>
internal static class Unmapped
{
    public static readonly Problem NotHere =
        new(ProblemKind.NotFound, "not-supported", "There is no such interaction or operation here.");

    public static Task AnswerAsync(HttpContext context) => Answer(context).SendAsync(context);

    public static FhirAnswer Answer(HttpContext context)
    {
        string allowed = string.Join(", ", Methods(context).Distinct().Order(StringComparer.Ordinal));
        if (allowed.Length == 0)
        {
            return FhirAnswer.Of(NotHere);
        }

        context.Response.Headers.Allow = allowed;
        return HttpMethods.IsOptions(context.Request.Method)
            ? new FhirAnswer(StatusCodes.Status204NoContent, default)
            : FhirAnswer.Of(new Problem(ProblemKind.MethodNotAllowed, "method-not-supported", $"Here one may use {allowed}."));
    }

    /// <summary>True for a word that is no type or id but the name of an interaction or operation.</summary>
    public static bool IsName(object? word) => word is string and ['_' or '$', ..];

    private static IEnumerable<string> Methods(HttpContext context) =>
        from endpoint in context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let metadata = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()
        where metadata is not null && Matches(endpoint, context.Request.Path)
        from method in metadata.HttpMethods
        select method;

    private static bool Matches(RouteEndpoint endpoint, PathString path)
    {
        RouteValueDictionary values = [];
        return new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, values)
            && (!values.TryGetValue("type", out object? type) || (type is string name && ResourceTypes.Contains(name)))
            && !IsName(values["id"])
            && !IsName(values["inner"]);
    }
}
