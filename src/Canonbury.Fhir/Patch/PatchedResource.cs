using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Patch;

/// <summary>
/// Checks what a patch made as an update is checked; the request was well-formed, so what is wrong with its result is 422 (RFC 5789 section 2.2).
/// </summary>
public static class PatchedResource
{
    /// <returns>The resource, or why the patch is refused.</returns>
    public static (Resource? Resource, Problem? Problem) Check(Patched patched, string type, string id)
    {
        if (patched.Problem is { } problem)
        {
            return (null, problem);
        }

        Parsed parsed = BaseValidation.Check(patched.Json, WireFormat.Json);
        if (!parsed.IsValid)
        {
            return (null, new Problem(ProblemKind.Unprocessable, parsed.Issues));
        }

        return parsed.Resource is { } resource && resource.TypeName == type && resource.Id == id
            ? (resource, null)
            : (null, new Problem(ProblemKind.Unprocessable, "patch-identity", "A patch cannot change the type or the id of a resource.", type + ".id"));
    }
}
