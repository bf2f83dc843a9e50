using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR delete interaction, <c>DELETE [base]/[type]/[id]</c>, and conditional delete of one resource, <c>DELETE [base]/[type]?[criteria]</c>;
/// deleting what is not there succeeds too. https://hl7.org/fhir/R4/http.html#delete, https://hl7.org/fhir/R4/http.html#cdelete
/// </summary>
internal static class Delete
{
    public static Task<WritePlan> PlanAsync(FhirCall call) => Task.FromResult(Plan(call, call.Id));

    public static async Task<WritePlan> PlanConditionalAsync(FhirCall call)
    {
        Condition condition = await Condition.FindAsync(call, call.Context.Request.QueryString.Value, element: null);
        return condition.Problem is { } problem ? WritePlan.Refused(problem)
            : condition.Ids is [var id] ? Plan(call, id) with { Conditions = condition.Guards }
            : WritePlan.Nothing;
    }

    private static WritePlan Plan(FhirCall call, string id) => new()
    {
        Request = new PushRequest(PushMethod.Delete, call.Type) { Entry = call.Entry?.Index, Id = id, IfMatch = Preconditions.IfMatch(call) },
        Hash = call.Entry?.Hash ?? Bodies.HashOf([]),
    };
}
