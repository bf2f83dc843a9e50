using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Api.Export;

/// <summary>Says in the audit what goes into the files, patients and counts, before a stretch of them can be asked for; several entries where it is much.</summary>
internal sealed class ExportAudit(AccessDesk desk, Caller caller, AccessGrant grant, RequestOrigin origin)
{
    /// <summary>Patients in one entry.</summary>
    private const int Most = 1_000;

    private readonly HashSet<PatientId> patients = [];
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public async ValueTask AddAsync(OwnResource resource, CancellationToken cancellation)
    {
        counts[resource.Type] = counts.GetValueOrDefault(resource.Type) + 1;
        if (resource.Owner != PatientId.Nobody && patients.Add(resource.Owner) && patients.Count >= Most)
        {
            await TellAsync(cancellation);
        }
    }

    /// <exception cref="AuditUnavailableException">It could not be audited; then it must not leave.</exception>
    public async ValueTask TellAsync(CancellationToken cancellation)
    {
        ShownItems shown = new() { Patients = [.. patients], Counts = new SortedDictionary<string, int>(counts, StringComparer.Ordinal) };
        await desk.ShowAsync(caller, grant, shown, origin, cancellation);
        patients.Clear();
        counts.Clear();
    }
}
