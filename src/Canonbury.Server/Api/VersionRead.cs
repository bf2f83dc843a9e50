using System.Globalization;
using Canonbury.Fhir.Problems;

namespace Canonbury.Server.Api;

/// <summary>FHIR vread interaction, <c>GET [base]/[type]/[id]/_history/[vid]</c>. https://hl7.org/fhir/R4/http.html#vread</summary>
internal static class VersionRead
{
    public static Task<FhirAnswer> AnswerAsync(FhirCall call) => Task.FromResult(
        int.TryParse(call.Context.GetRouteValue("version") as string, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? Read.Version(call, version)
            : FhirAnswer.Of(Problem.NotFound("version of a " + call.Type)));
}
