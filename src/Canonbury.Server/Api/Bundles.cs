using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>FHIR transaction and batch, <c>POST [base]</c>. https://hl7.org/fhir/R4/http.html#transaction</summary>
internal static class Bundles
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        Body body = await call.BodyAsync();
        if (body.Problem is { } unreadable)
        {
            return FhirAnswer.Of(unreadable);
        }

        if (body.Resource is not Bundle bundle)
        {
            return FhirAnswer.Of(new Problem(ProblemKind.Invalid, "type-mismatch", "A transaction or batch is a Bundle.", body.Resource?.TypeName));
        }

        return bundle.Type switch
        {
            Bundle.BundleType.Transaction => await Transaction.AnswerAsync(call, EntryCalls.Of(call, bundle, body.Hash)),
            Bundle.BundleType.Batch => await Batch.AnswerAsync(EntryCalls.Of(call, bundle, body.Hash)),
            _ => FhirAnswer.Of(Problem.NotSupported("Only a transaction or batch can be posted to the base.", "Bundle.type")),
        };
    }
}
