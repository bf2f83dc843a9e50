using Canonbury.Fhir.Identifiers;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// What is wrong with what was pushed but does not refuse it: an NHS number that fails modulus 11 stays, and is never linked by; what cannot be
/// attributed is in nobody's record.
/// </summary>
internal static class PushFindings
{
    public static IEnumerable<Finding> Of(Submission sent) =>
        sent.Unattributed is { } issue ? [new Finding(issue.Expression ?? sent.Root, issue.Code, issue.Words)]
        : sent.Resource is not Patient patient ? []
        : patient.Identifier
            .Select((identifier, index) => (identifier, index))
            .Where(i => i.identifier.System == NhsNumber.System && i.identifier.Value is not null
                && !NhsNumber.TryParse(i.identifier.Value, out _))
            .Select(i => new Finding($"{sent.Root}.identifier[{i.index}].value", "nhs-number-invalid",
                "The NHS number does not pass its check."));
}
