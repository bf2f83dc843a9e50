using System.Text;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Problems;

/// <summary>Builds OperationOutcome. https://hl7.org/fhir/R4/operationoutcome.html</summary>
public static class Outcomes
{
    /// <summary>The code system of the stable codes in <c>issue.details</c>.</summary>
    public const string CodeSystem = "urn:canonbury:issue";

    public static OperationOutcome Of(IEnumerable<Issue> issues) => new() { Issue = [.. issues.Select(Of)] };

    private static OperationOutcome.IssueComponent Of(Issue issue)
    {
        OperationOutcome.IssueComponent component = new()
        {
            Severity = issue.Severity,
            Code = issue.Type,
            Details = new CodeableConcept(CodeSystem, issue.Code) { Text = issue.Words },
        };
        if (issue.Expression is { } expression)
        {
            component.ExpressionElement = [new FhirString(Legal(expression))];
        }

        if (issue.Line is { } line)
        {
            component.Diagnostics = $"line {line}";
        }

        return component;
    }

    // An expression may hold the name of a parameter as it was sent; what XML cannot hold must not keep the outcome from being written.
    private static string Legal(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text
        : string.Concat(text.EnumerateRunes().Select(rune => rune.Value is < 0x20 or 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune));
}
