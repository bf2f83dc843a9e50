using Canonbury.Fhir.Problems;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>FHIR create interaction, <c>POST [base]/[type]</c>. https://hl7.org/fhir/R4/http.html#create</summary>
internal static class Create
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        if (call.Context.Request.Headers["If-None-Exist"].Count > 0)
        {
            return FhirAnswer.Of(Problem.NotSupported("Conditional create is not supported.", "http.If-None-Exist"));
        }

        Body body = await Bodies.ReadAsync(call);
        if (body.Resource is not { } resource)
        {
            return FhirAnswer.Of(body.Problem!);
        }

        if (resource.TypeName != call.Type)
        {
            return FhirAnswer.Of(Writes.OtherType(resource));
        }

        PushContext context = call.PushContext(PushLookups.Of(call.Source, call.Ids, resource, call.BaseUrl));
        return await Writes.OneAsync(call, body.With(FhirPushTranslator.Create(resource, context)), body.Bytes);
    }
}
