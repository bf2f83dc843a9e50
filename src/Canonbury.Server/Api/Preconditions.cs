using Canonbury.Fhir.Problems;
using Microsoft.Extensions.Primitives;

namespace Canonbury.Server.Api;

/// <summary>The headers that make a write depend on what is there. https://hl7.org/fhir/R4/http.html#concurrency</summary>
internal static class Preconditions
{
    /// <summary>As sent: whether it is a version is checked with the resource.</summary>
    public static string? IfMatch(FhirCall call) =>
        call.Context.Request.Headers.IfMatch is { Count: > 0 } tags ? tags.ToString() : null;

    /// <summary>Whether the write is asked for only where nothing is there.</summary>
    public static (bool OnlyNew, Problem? Problem) OnlyNew(FhirCall call) => call.Context.Request.Headers.IfNoneMatch switch
    {
        { Count: 0 } => (false, null),
        ["*"] => (true, null),
        _ => (false, new Problem(
            ProblemKind.Invalid, "if-none-match-invalid", "A write may depend on nothing being there, written *; not on a version.", "http.If-None-Match")),
    };

    /// <summary>The criteria of a conditional create, written as a query with or without the type before it; null where there are none.</summary>
    public static (string? Criteria, Problem? Problem) IfNoneExist(FhirCall call)
    {
        StringValues sent = call.Context.Request.Headers["If-None-Exist"];
        return sent switch
        {
            { Count: 0 } => (null, null),
            [{ } one] when one.IndexOf('?', StringComparison.Ordinal) is var mark && (mark <= 0 || one[..mark].Split('/')[^1] == call.Type) =>
                (one[(mark + 1)..], null),
            _ => (null, new Problem(
                ProblemKind.Invalid, "if-none-exist-invalid", "A create has one condition, about resources of its own type.", "http.If-None-Exist")),
        };
    }
}
