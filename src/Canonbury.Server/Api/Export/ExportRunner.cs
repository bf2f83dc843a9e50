using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search.Query;
using Canonbury.Record.Export;
using Canonbury.Record.Reading;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Api.Export;

/// <summary>
/// Works on one export from where it is: a stretch of buckets into the files, the files to the disk, the audit, then the row that says so. Stopped at any
/// moment, it goes on at the last stretch that the row knows.
/// </summary>
public sealed class ExportRunner(
    ExportJobs jobs, ExportReader reader, ExportFolder folder, Accounts accounts, AccessDesk desk, FhirRooms rooms, IOptions<ExportOptions> options, ILogger<ExportRunner> log)
{
    private static readonly TimeSpan BeatInterval = ExportJobs.Silence / 6;

    private DateTimeOffset nextBeat = DateTimeOffset.MinValue;
    private readonly TimeSpan kept = TimeSpan.FromHours(options.Value.KeepHours);

    /// <summary>Works on the oldest export that waits; false where there is none.</summary>
    public async Task<bool> RunOneAsync(CancellationToken stopping)
    {
        if (jobs.Claim() is not { } job)
        {
            return false;
        }

        try
        {
            jobs.End(job.Id, await RunAsync(job, stopping), rooms.Time.GetUtcNow() + kept);
        }
        catch (TakenException)
        {
            log.LogInformation("Export {Job} was cancelled, or another process goes on with it.", job.Id);
        }
        catch (Exception error) when (error is OperationCanceledException or AuditUnavailableException or IOException || Database.Session.IsPassing(error))
        {
            log.LogWarning("Export {Job} stops here and is gone on with later ({Error}).", job.Id, Database.Session.Describe(error));
            jobs.Release(job.Id);
            throw;
        }
#pragma warning disable CA1031 // One export that cannot be done must not keep the others from it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError("Export {Job} failed with {Error} at {Stack}", job.Id, error.GetType(), error.StackTrace);
            jobs.End(job.Id, ExportState.Failed, rooms.Time.GetUtcNow() + kept);
        }

        return true;
    }

    private async Task<ExportState> RunAsync(ExportJob job, CancellationToken stopping)
    {
        ExportDefinition definition = ExportDefinition.Of(job.Definition);
        RequestOrigin origin = new(null, $"export {job.Id:D}");
        Caller? caller = accounts.FindClient(job.Client);
        AccessRequest request = FhirCall.Request(caller) with { Action = AuditAction.Export, Query = job.Url };
        if (await desk.RequestAsync(caller, request, origin, stopping) is not AccessAnswer.Granted { Grant: { } grant } || grant.Scope.ToString() != job.Scope)
        {
            return ExportState.Refused;
        }

        QueryContext context = Search.Context(rooms, grant.Source!.Value, definition.Base, job.CreatedAt, strict: true);
        IReadOnlySet<PatientId>? members = definition.Group is null ? null : reader.Members(grant, definition.Group);
        if (new ExportParameters(definition, context).Read().Query is not { } query || (definition.Group is not null && members is null))
        {
            return ExportState.Refused;
        }

        ILookup<int, PatientId>? inBucket = members?.ToLookup(patient => patient.Bucket);
        IEnumerable<IReadOnlyList<OwnResource>> Read(int bucket) => inBucket is null
            ? reader.OfBucket(grant, query.Filter, bucket)
            : inBucket[bucket].SelectMany(patient => reader.OfPatient(grant, query.Filter, patient, members!));

        ExportAudit audit = new(desk, caller!, grant, origin);
        using ExportFiles files = new(folder, job.Id);
        int bucket = files.Resume(job.Files) ? job.NextBucket : 0;
        while (bucket < PatientId.BucketCount)
        {
            int end = Math.Min(bucket + options.Value.StretchBuckets, PatientId.BucketCount);
            for (; bucket < end; bucket++)
            {
                await WriteAsync(job, Read(bucket), query, grant, files, audit, stopping);
            }

            IReadOnlyList<ExportedFile> written = files.Flush();
            await audit.TellAsync(stopping);
            GoOn(jobs.Advance(job.Id, end, written));
        }

        return ExportState.Done;
    }

    private async Task WriteAsync(
        ExportJob job, IEnumerable<IReadOnlyList<OwnResource>> chunks, ExportQuery query, AccessGrant grant, ExportFiles files, ExportAudit audit, CancellationToken stopping)
    {
        foreach (IReadOnlyList<OwnResource> chunk in chunks)
        {
            stopping.ThrowIfCancellationRequested();
            if (rooms.Time.GetUtcNow() >= nextBeat)
            {
                GoOn(jobs.Beat(job.Id));
                nextBeat = rooms.Time.GetUtcNow() + BeatInterval;
            }

            foreach (OwnResource resource in chunk)
            {
                files.Append(resource, query.Shape.Apply(PatientLinks.With(rooms, grant, resource).Json).Span);
                await audit.AddAsync(resource, stopping);
            }
        }
    }

    private static void GoOn(bool mine)
    {
        if (!mine)
        {
            throw new TakenException();
        }
    }

    /// <summary>The export is no longer this process's.</summary>
    private sealed class TakenException : Exception;
}
