using System.Globalization;
using System.Text.Json;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Export;

namespace Canonbury.Server.Api.Export;

/// <summary>
/// What can be done with an export that has begun, by the client that began it and under the grant of then: ask how far it is, cancel it, fetch a file.
/// To everyone else it is not there. https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-status-request
/// </summary>
internal static class Exports
{
    private static readonly FhirAnswer None = FhirAnswer.Of(Problem.NotFound("export"));

    private static readonly FhirAnswer Refused = FhirAnswer.Of(new Problem(
        ProblemKind.Conflict, "export-refused", "What was asked for was gone before it was exported: the group, or what this client may see."));

    private static readonly FhirAnswer Failed = new(500, FhirJson.ToUtf8(Outcomes.Of(
    [
        new Issue(
            "export-failed", "The export could not be done; begin another one, or tell the people who run the server.",
            Type: Hl7.Fhir.Model.OperationOutcome.IssueType.Exception, Severity: Hl7.Fhir.Model.OperationOutcome.IssueSeverity.Fatal),
    ])));

    public static Task<FhirAnswer> StatusAsync(FhirCall call) => Task.FromResult(Find(call) switch
    {
        null => None,
        { State: ExportState.Failed } => Failed,
        { State: ExportState.Refused } => Refused,
        { State: ExportState.Underway } job => Underway(call, job),
        var job => Manifest(call, job),
    });

    /// <summary>https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-delete-request</summary>
    public static Task<FhirAnswer> CancelAsync(FhirCall call)
    {
        if (Find(call) is not { } job)
        {
            return Task.FromResult(None);
        }

        call.Context.RequestServices.GetRequiredService<ExportJobs>().Remove(job.Id);
        call.Context.RequestServices.GetRequiredService<ExportFolder>().Remove(job.Id);
        return Task.FromResult(new FhirAnswer(StatusCodes.Status202Accepted, default));
    }

    /// <summary>https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-output-file-request</summary>
    public static Task<FhirAnswer> FileAsync(FhirCall call)
    {
        string name = call.Context.GetRouteValue("file") as string ?? "";
        if (Find(call) is not { State: ExportState.Done } job || job.Files.FirstOrDefault(file => file.Type + ".ndjson" == name) is not { } file)
        {
            return Task.FromResult(None);
        }

        FileInfo stored = new(call.Context.RequestServices.GetRequiredService<ExportFolder>().FileOf(job.Id, file.Type));
        if (!stored.Exists || stored.Length < file.Length)
        {
            return Task.FromResult(None);
        }

        FileStream content = stored.OpenRead();
        call.Context.Response.RegisterForDisposeAsync(content);
        return Task.FromResult(new FhirAnswer(StatusCodes.Status200OK, default)
        {
            Content = new FhirAnswer.OtherContent("application/fhir+ndjson", file.Length, content),
            Shown = new ShownItems
            {
                Items = [new ShownItem("export", $"{job.Id:D}/{name}", 1)],
                Counts = new SortedDictionary<string, int> { [file.Type] = (int)Math.Min(file.Count, int.MaxValue) },
            },
        });
    }

    // Where the client's role has changed since, the files hold what it may no longer see, or are not what it would expect.
    private static ExportJob? Find(FhirCall call) =>
        Guid.TryParseExact(call.Context.GetRouteValue("job") as string, "D", out Guid id)
        && call.Context.RequestServices.GetRequiredService<ExportJobs>().Find(id, call.Caller.Account) is { } job
        && job.Scope == call.Grant.Scope.ToString() ? job : null;

    private static FhirAnswer Underway(FhirCall call, ExportJob job)
    {
        double seconds = (call.Rooms.Time.GetUtcNow() - job.CreatedAt).TotalSeconds;
        call.Context.Response.Headers["X-Progress"] = string.Create(CultureInfo.InvariantCulture, $"{100 * job.NextBucket / PatientId.BucketCount}% of the record is read");
        call.Context.Response.Headers.RetryAfter = Math.Clamp((int)(seconds / 10), 1, 30).ToString(CultureInfo.InvariantCulture);
        return new FhirAnswer(StatusCodes.Status202Accepted, default);
    }

    private static FhirAnswer Manifest(FhirCall call, ExportJob job)
    {
        call.Context.Response.Headers.Expires = job.Expires?.ToString("R", CultureInfo.InvariantCulture);
        byte[] manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            transactionTime = (job.CreatedAt - KickOff.OnTheWay).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            request = job.Url,
            requiresAccessToken = true,
            output = job.Files.Where(file => file.Count > 0).Select(file => new { type = file.Type, url = $"{call.BaseUrl}/$export/{job.Id:D}/{file.Type}.ndjson", count = file.Count }),
            error = Array.Empty<object>(),
        });
        return new FhirAnswer(StatusCodes.Status200OK, default) { Content = new FhirAnswer.OtherContent("application/json", manifest.Length, new MemoryStream(manifest)) };
    }
}
