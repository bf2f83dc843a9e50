using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR create interaction, <c>POST [base]/[type]</c>, on the condition <c>If-None-Exist</c> where there is one.
/// https://hl7.org/fhir/R4/http.html#create, https://hl7.org/fhir/R4/http.html#ccreate
/// </summary>
internal static class Create
{
    public static async Task<WritePlan> PlanAsync(FhirCall call)
    {
        (Resource? resource, byte[] hash, Problem? unreadable) = await Writes.ResourceAsync(call);
        if (resource is null)
        {
            return WritePlan.Refused(unreadable!);
        }

        WritePlan plan = new()
        {
            Request = new PushRequest(PushMethod.Create, call.Type)
            {
                Entry = call.Entry?.Index,
                FullUrl = call.Entry?.FullUrl,
                Id = resource.Id ?? FullUrl.IdOf(call.Entry?.FullUrl),
                Resource = resource,
            },
            Hash = hash,
        };
        (string? criteria, Problem? refused) = Preconditions.IfNoneExist(call);
        return refused is not null ? WritePlan.Refused(refused)
            : criteria is null ? plan
            : await OnConditionAsync(call, plan, criteria);
    }

    // http.html#ccreate: no match is a create, one is the answer, more are a failed condition.
    private static async Task<WritePlan> OnConditionAsync(FhirCall call, WritePlan plan, string criteria)
    {
        Condition condition = await Condition.FindAsync(call, criteria, "http.If-None-Exist");
        if (condition.Problem is { } problem)
        {
            return WritePlan.Refused(problem);
        }

        OwnResource? found = condition.Ids is [var id] ? call.Rooms.Reader.Read(call.Grant, call.Type, id, version: null) : null;
        return found is null
            ? plan with { Conditions = condition.Guards }
            : plan with { Request = plan.Request! with { Method = PushMethod.Found, Id = found.Id }, Conditions = condition.Guards, Found = found };
    }
}
