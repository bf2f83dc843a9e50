using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>Types that no source writes, each with its reason.</summary>
internal static class RefusedTypes
{
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["Person"] = "Person is computed from the links between patients.",
        ["AuditEvent"] = "AuditEvent is made here, from the audit trail.",
        ["Parameters"] = "Parameters is the body of an operation, and is not stored.",
        ["OperationOutcome"] = "OperationOutcome is an answer, and is not stored.",
    };

    public static Issue? Check(string type, string element) => Reasons.TryGetValue(type, out string? reason)
        ? new Issue("type-not-accepted", reason, element, Type: OperationOutcome.IssueType.NotSupported)
        : null;
}
