using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using FhirMeta = Hl7.Fhir.Model.Meta;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR operations <c>$meta-add</c> and <c>$meta-delete</c>: profiles, tags and labels of one resource. Whoever reads must know what was said when,
/// so each makes a version. https://hl7.org/fhir/R4/resource-operation-meta-add.html
/// </summary>
internal static class MetaChange
{
    private static readonly Problem NoMeta = new(
        ProblemKind.Invalid, "meta-absent", "Send Parameters with the parameter meta.", "Parameters.parameter");

    public static Task<FhirAnswer> AddAsync(FhirCall call) => AnswerAsync(call, (meta, sent) =>
    {
        meta.Profile = [.. meta.Profile.Union(sent.Profile)];
        meta.Tag = [.. meta.Tag, .. sent.Tag.Where(tag => !meta.Tag.Exists(known => Same(known, tag)))];
        meta.Security = [.. meta.Security, .. sent.Security.Where(label => !meta.Security.Exists(known => Same(known, label)))];
    });

    public static Task<FhirAnswer> DeleteAsync(FhirCall call) => AnswerAsync(call, (meta, sent) =>
    {
        meta.Profile = [.. meta.Profile.Except(sent.Profile)];
        meta.Tag.RemoveAll(tag => sent.Tag.Exists(gone => Same(tag, gone)));
        meta.Security.RemoveAll(label => sent.Security.Exists(gone => Same(label, gone)));
    });

    private static async Task<FhirAnswer> AnswerAsync(FhirCall call, Action<FhirMeta, FhirMeta> change)
    {
        FhirAnswer answer = await Writes.OneAsync(call, changed => PlanAsync(changed, change));
        return answer.Resource is { Deleted: false } stored ? Meta.Of(stored) : answer;
    }

    private static async Task<WritePlan> PlanAsync(FhirCall call, Action<FhirMeta, FhirMeta> change)
    {
        if (call.Grant.Scope != GrantScope.OwnSource)
        {
            return WritePlan.Refused(new Problem(ProblemKind.Forbidden, "not-allowed", "A client of the whole record cannot change what others sent."));
        }

        Body body = await call.BodyAsync();
        if (body.Problem is { } unreadable)
        {
            return WritePlan.Refused(unreadable);
        }

        if ((body.Resource as Parameters)?.Parameter.Find(parameter => parameter.Name == "meta")?.Value is not FhirMeta sent)
        {
            return WritePlan.Refused(NoMeta);
        }

        if (call.FinalId() is not { } id || call.Rooms.Reader.Read(call.Grant, call.Type, id, version: null) is not { } stored)
        {
            return WritePlan.Refused(Problem.NotFound(call.Type));
        }

        if (stored.Deleted || FhirJson.ParseStored(stored.Json.Span).Resource is not { } resource)
        {
            return WritePlan.Refused(Problem.Gone(call.Type));
        }

        resource.Meta ??= new FhirMeta();
        change(resource.Meta, sent);
        return new WritePlan
        {
            Request = new PushRequest(PushMethod.Update, call.Type)
            {
                Id = id,
                Resource = resource,
                PatchOf = stored.Version,
                FinalReferences = Patch.References(stored),
            },
            Hash = body.Hash,
        };
    }

    // What a label is, is its system and code; its display is not looked at.
    private static bool Same(Coding one, Coding other) => one.System == other.System && one.Code == other.Code;
}
