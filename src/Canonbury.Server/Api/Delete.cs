using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR delete interaction, <c>DELETE [base]/[type]/[id]</c>; deleting what is not there succeeds too.
/// https://hl7.org/fhir/R4/http.html#delete
/// </summary>
internal static class Delete
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        PushContext context = call.PushContext(PushLookups.Of(call.Source, call.Ids, call.Type, call.Id));
        PushResult push = FhirPushTranslator.Delete(call.Type, call.Id, Writes.IfMatch(call), context);
        return push.Problem is null && push.Statements.Count == 0
            ? new FhirAnswer(StatusCodes.Status204NoContent, default)
            : await Writes.OneAsync(call, push, []);
    }
}
