using Canonbury.Fhir.Problems;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>FHIR update interaction, <c>PUT [base]/[type]/[id]</c>, which also creates. https://hl7.org/fhir/R4/http.html#update</summary>
internal static class Update
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        // http.html#ifnonematch: to pass over a condition would overwrite what the client wanted to keep.
        if (call.Context.Request.Headers.IfNoneMatch.Count > 0)
        {
            return FhirAnswer.Of(Problem.NotSupported("An update on the condition that nothing is there is not supported.", "http.If-None-Match"));
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
        return await Writes.OneAsync(call, body.With(FhirPushTranslator.Update(resource, call.Id, Writes.IfMatch(call), context)), body.Bytes);
    }
}
