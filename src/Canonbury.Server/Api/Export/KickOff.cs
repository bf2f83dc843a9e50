using Canonbury.Fhir.Problems;
using Canonbury.Record.Export;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Api.Export;

/// <summary>
/// <c>GET|POST [base]/$export</c>, <c>[base]/Patient/$export</c> and <c>[base]/Group/[id]/$export</c>: begins an export.
/// https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-kick-off-request
/// </summary>
internal static class KickOff
{
    /// <summary>
    /// What was made before this may still be on its way into the store when an export begins; a client that goes on from its time gets that then. It is
    /// what a writer waits for its database.
    /// </summary>
    public static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(15);

    private static readonly Problem NotAsync = new(
        ProblemKind.Invalid, "respond-async-required", "An export answers later: send 'Prefer: respond-async'.", "http.Prefer");

    public static Task<FhirAnswer> OfSystemAsync(FhirCall call) => Task.FromResult(Answer(call, ExportLevel.System, null));

    public static Task<FhirAnswer> OfPatientsAsync(FhirCall call) => Task.FromResult(Answer(call, ExportLevel.Patient, null));

    public static Task<FhirAnswer> OfGroupAsync(FhirCall call)
    {
        IServiceProvider services = call.Context.RequestServices;
        string? group = call.FinalId("Group", call.Id);
        return Task.FromResult(group is null || services.GetRequiredService<ExportReader>().Members(call.Grant, group) is null
            ? FhirAnswer.Of(Problem.NotFound("Group"))
            : Answer(call, ExportLevel.Group, group));
    }

    private static FhirAnswer Answer(FhirCall call, ExportLevel level, string? group)
    {
        HttpRequest request = call.Context.Request;
        if (!Preferences.Has(request, "respond-async"))
        {
            return FhirAnswer.Of(NotAsync);
        }

        DateTimeOffset now = call.Rooms.Time.GetUtcNow();
        ExportDefinition definition = new(level, group, call.BaseUrl, RequestParameters.All(request), Preferences.Has(request, "handling=lenient"));
        if (new ExportParameters(definition, Search.Context(call.Rooms, call.Source, call.BaseUrl, now, strict: true)).Read().Refused is { } refused)
        {
            return FhirAnswer.Of(refused);
        }

        ExportJob job = new(
            Guid.CreateVersion7(now), call.Caller.Account, call.Grant.Scope.ToString(), request.GetEncodedUrl(), definition.ToJson(), now, ExportState.Underway, 0, [], null);
        IServiceProvider services = call.Context.RequestServices;
        if (!services.GetRequiredService<ExportJobs>().Add(job, services.GetRequiredService<IOptions<ExportOptions>>().Value.MaxUnfinished))
        {
            call.Context.Response.Headers.RetryAfter = "60";
            return FhirAnswer.Of(new Problem(ProblemKind.TooMany, "too-many-exports", "This client has as many unfinished exports as it may; wait for one, or cancel it."));
        }

        call.Context.Response.Headers.ContentLocation = $"{call.BaseUrl}/$export/{job.Id:D}";
        return new FhirAnswer(StatusCodes.Status202Accepted, default);
    }
}
