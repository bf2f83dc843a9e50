using Canonbury.Fhir.Problems;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR update interaction, <c>PUT [base]/[type]/[id]</c>, which also creates, and conditional update, <c>PUT [base]/[type]?[criteria]</c>.
/// https://hl7.org/fhir/R4/http.html#update, https://hl7.org/fhir/R4/http.html#cond-update
/// </summary>
internal static class Update
{
    public static async Task<WritePlan> PlanAsync(FhirCall call)
    {
        WritePlan plan = await ReadAsync(call);
        return plan.Request is { } request ? plan with { Request = KeepFinal(call, request with { Id = call.Id }) } : plan;
    }

    /// <summary>No match creates, with the resource's own id where it has one; one is updated; more are a failed condition.</summary>
    public static async Task<WritePlan> PlanConditionalAsync(FhirCall call)
    {
        WritePlan plan = await ReadAsync(call);
        if (plan.Request is not { } request)
        {
            return plan;
        }

        Condition condition = await Condition.FindAsync(call, call.Context.Request.QueryString.Value, element: null);
        if (condition.Problem is { } problem)
        {
            return WritePlan.Refused(problem);
        }

        string? own = request.Resource!.Id;
        if (condition.Ids.Count == 0 && own is not null && call.FinalId(call.Type, own) is { } taken
            && call.Rooms.Reader.Read(call.Grant, call.Type, taken, version: null) is { Deleted: false })
        {
            return WritePlan.Refused(new Problem(
                ProblemKind.Conflict, "id-taken", "The resource of this id does not meet the criteria.", call.Type + ".id"));
        }

        request = request with { IdOptional = true };
        return plan with
        {
            Conditions = condition.Guards,
            Request = condition.Ids is [var match] ? KeepFinal(call, request with { Id = match })
                : own is not null ? request with { Id = own, OnlyNew = true }
                : request with { Method = PushMethod.Create, Id = FullUrl.IdOf(call.Entry?.FullUrl) },
        };
    }

    // Where ids are mapped, a client that read a resource sends it back with references in their final form, and their targets need not be here yet.
    private static PushRequest KeepFinal(FhirCall call, PushRequest request) =>
        call.Ids == IdPolicy.Mapped
        && Patch.References(request.Resource!).Any(reference => reference.Split('/') is [_, var id, ..] && Guid.TryParseExact(id, "D", out Guid key) && key.Version == 5)
        && call.FinalId(call.Type, request.Id!) is { } final
        && call.Rooms.Reader.Read(call.Grant, call.Type, final, version: null) is { Deleted: false } stored
            ? request with { FinalReferences = Patch.References(stored) }
            : request;

    private static async Task<WritePlan> ReadAsync(FhirCall call)
    {
        (Resource? resource, byte[] hash, Problem? unreadable) = await Writes.ResourceAsync(call);
        (bool onlyNew, Problem? refused) = Preconditions.OnlyNew(call);
        return (unreadable ?? refused) is { } problem ? WritePlan.Refused(problem) : new WritePlan
        {
            Request = new PushRequest(PushMethod.Update, call.Type)
            {
                Entry = call.Entry?.Index,
                FullUrl = call.Entry?.FullUrl,
                Resource = resource,
                IdOptional = call.Entry is not null,
                IfMatch = Preconditions.IfMatch(call),
                OnlyNew = onlyNew,
            },
            Hash = hash,
        };
    }
}
