using Canonbury.Fhir.Problems;

namespace Canonbury.Server.Api;

/// <summary>Says of what is wrong with an entry where it stands in the bundle.</summary>
internal static class EntryElements
{
    /// <summary>What is wrong with any of the calls, of the kind of the first; null where nothing is.</summary>
    public static Problem? Combined(IEnumerable<(FhirCall Call, Problem? Problem)> calls)
    {
        List<Problem> problems = [.. calls.Where(call => call.Problem is not null).Select(call => Of(call.Call, call.Problem!))];
        return problems.Count == 0 ? null : problems[0] with { Issues = [.. problems.SelectMany(problem => problem.Issues)] };
    }

    public static Problem Of(FhirCall call, Problem problem) => call.Entry is { } entry
        ? problem with { Issues = [.. problem.Issues.Select(issue => issue with { Expression = Place(issue.Expression, entry) })] }
        : problem;

    private static string Place(string? expression, BundleEntry entry)
    {
        string at = $"Bundle.entry[{entry.Index}]";
        string? type = entry.Resource?.TypeName;
        return expression switch
        {
            null => at + ".request.url",
            "http.If-Match" => at + ".request.ifMatch",
            "http.If-None-Match" => at + ".request.ifNoneMatch",
            "http.If-None-Exist" => at + ".request.ifNoneExist",
            ['B', 'u', 'n', 'd', 'l', 'e', '.', 'e', 'n', 't', 'r', 'y', ..] => expression,
            _ when expression.StartsWith("http", StringComparison.Ordinal) => at + ".request.url",
            _ when type is not null && expression == type => at + ".resource",
            _ when type is not null && expression.StartsWith(type + ".", StringComparison.Ordinal) => at + ".resource" + expression[type.Length..],
            _ => at + ".resource",
        };
    }
}
