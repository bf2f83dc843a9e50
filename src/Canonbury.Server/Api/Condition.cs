using Canonbury.Fhir.Problems;
using Canonbury.Intake.Sources.FhirPush;
using Microsoft.AspNetCore.WebUtilities;

namespace Canonbury.Server.Api;

/// <summary>
/// What a conditional interaction found: at most one resource, since more are refused. https://hl7.org/fhir/R4/http.html#ccreate
/// </summary>
/// <param name="Guards">What makes a write fail that rests on this when somebody else has written on the same condition meanwhile.</param>
internal sealed record Condition(IReadOnlyList<string> Ids, IReadOnlyList<WriteCondition> Guards, Problem? Problem)
{
    /// <param name="query">The criteria as they were sent; what only says how to answer is no criterion.</param>
    /// <param name="element">Where they were sent; null for the URL.</param>
    public static async Task<Condition> FindAsync(FhirCall call, string? query, string? element)
    {
        string criteria = Spelled(query);
        if (criteria.Length == 0)
        {
            return Refused(new Problem(ProblemKind.Invalid, "criteria-absent", "Without an id there must be criteria, such as identifier.", element));
        }

        WriteCondition guard = call.Rooms.Writer.Condition(call.Source, $"{call.Type}?{criteria}");
        (IReadOnlyList<string> ids, Problem? problem) = await ConditionalTargets.FindAsync(call, call.Type, criteria);
        return problem is not null ? Refused(problem with { Issues = [.. problem.Issues.Select(issue => issue with { Expression = issue.Expression ?? element })] })
            : ids.Count > 1 ? Refused(new Problem(ProblemKind.VersionConflict, "multiple-matches", "More than one resource meets the criteria.", element))
            : new Condition(ids, [guard], null);
    }

    // One spelling for one meaning, as the guard goes by it.
    private static string Spelled(string? query) => string.Join('&', QueryHelpers.ParseQuery(query)
        .Where(parameter => parameter.Key is not ("_format" or "_pretty" or ""))
        .SelectMany(parameter => parameter.Value, (parameter, value) => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(value ?? "")}")
        .Order(StringComparer.Ordinal));

    private static Condition Refused(Problem problem) => new([], [], problem);
}
