using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Problems;

/// <summary>One thing that is wrong with an input, in words that hold no value of it.</summary>
/// <param name="Code">A stable kebab-case code such as <c>element-unknown</c>.</param>
/// <param name="Words">What is wrong, in a sentence, without clinical content or identifiers.</param>
/// <param name="Expression">The element, as FHIRPath such as <c>Observation.component[1].code</c>; null where none can be named.</param>
/// <param name="Line">The line of the body, from 1, where known.</param>
/// <param name="Type">The issue type of OperationOutcome.</param>
public sealed record Issue(
    string Code,
    string Words,
    string? Expression = null,
    long? Line = null,
    OperationOutcome.IssueType Type = OperationOutcome.IssueType.Invalid,
    OperationOutcome.IssueSeverity Severity = OperationOutcome.IssueSeverity.Error)
{
    public bool Refuses => Severity is OperationOutcome.IssueSeverity.Error or OperationOutcome.IssueSeverity.Fatal;
}
