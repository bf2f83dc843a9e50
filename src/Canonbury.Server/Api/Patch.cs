using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Patch;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Tree;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR patch interaction, <c>PATCH [base]/[type]/[id]</c>, and conditional patch, <c>PATCH [base]/[type]?[criteria]</c>. It is applied to the newest
/// version, again where another write comes between. https://hl7.org/fhir/R4/http.html#patch
/// </summary>
internal static class Patch
{
    public static Task<WritePlan> PlanAsync(FhirCall call) => PlanAsync(call, call.FinalId(), []);

    /// <summary>No match is 404, more than one 412.</summary>
    public static async Task<WritePlan> PlanConditionalAsync(FhirCall call)
    {
        Condition condition = await Condition.FindAsync(call, call.Context.Request.QueryString.Value, element: null);
        return condition.Problem is { } problem ? WritePlan.Refused(problem) : await PlanAsync(call, condition.Ids is [var id] ? id : null, condition.Guards);
    }

    private static async Task<WritePlan> PlanAsync(FhirCall call, string? id, IReadOnlyList<WriteCondition> guards)
    {
        // What is read for the whole record may be masked, and a patch of that would take away what is masked.
        if (call.Grant.Scope != GrantScope.OwnSource)
        {
            return WritePlan.Refused(new Problem(ProblemKind.Forbidden, "not-allowed", "A client of the whole record cannot patch; it can update what is its own."));
        }

        SentPatch patch = await call.PatchAsync();
        if (patch.Problem is { } unreadable)
        {
            return WritePlan.Refused(unreadable);
        }

        if (id is null || call.Rooms.Reader.Read(call.Grant, call.Type, id, version: null) is not { } stored)
        {
            return WritePlan.Refused(Problem.NotFound(call.Type));
        }

        if (stored.Deleted)
        {
            return WritePlan.Refused(Problem.Gone(call.Type));
        }

        (Resource? resource, Problem? refused) = PatchedResource.Check(patch.Apply!(stored.Json), call.Type, id);
        return resource is null ? WritePlan.Refused(refused!) : new WritePlan
        {
            Request = new PushRequest(PushMethod.Update, call.Type)
            {
                Entry = call.Entry?.Index,
                FullUrl = call.Entry?.FullUrl,
                Id = id,
                Resource = resource,
                IfMatch = Preconditions.IfMatch(call),
                PatchOf = stored.Version,
                FinalReferences = References(stored),
            },
            Hash = patch.Hash,
            Conditions = guards,
        };
    }

    /// <summary>The references of a stored version, which are in their final form.</summary>
    public static HashSet<string> References(OwnResource stored) => References(FhirJson.ParseStored(stored.Json.Span).Resource!);

    /// <summary>The references of a resource as they stand in it.</summary>
    public static HashSet<string> References(Resource resource)
    {
        HashSet<string> references = new(StringComparer.Ordinal);
        ElementTree.Walk(resource, resource.TypeName, (element, _) =>
        {
            if (element is ResourceReference { Reference: { } reference })
            {
                references.Add(reference);
            }
        });
        return references;
    }
}
