using System.Text.Json;
using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Types;

namespace Canonbury.Record.Reading;

/// <summary>Reads the resources of a system client's own source, as that source sent them.</summary>
public sealed class OwnResourceReader(RecordDatabase database)
{
    /// <summary>How many rows a search without ids or patient may look at.</summary>
    private const int Budget = 20_000;

    private const string Columns = "r.id, r.fhir_id, r.patient, r.version, r.received_at, r.deleted, r.content";

    /// <summary>One version, the newest where none is named; null where the source has none.</summary>
    public OwnResource? Read(AccessGrant grant, string type, string id, int? version)
    {
        SourceId source = SourceOf(grant);
        ResourceKey key = ResourceKey.Of(type, id);
        using Session session = database.Open();
        if (PatientRows.Locate(session, key).Rows is not [(PatientId owner, SourceId at)] || at != source)
        {
            return null;
        }

        // Earlier versions of a resource whose subject changed stand with the patient that it was about then.
        IEnumerable<PatientId> owners = version is null ? [owner] : PatientRows.FormerOwners(session, owner, key).Prepend(owner);
        return owners
            .SelectMany(patient => PatientRows.Versions(session, patient, key).Rows, (patient, found) => (Patient: patient, Found: found))
            .Where(one => version is null || one.Found.Version == version)
            .Select(one => new OwnResource(type, id, one.Patient, one.Found.Version, one.Found.ReceivedAt, one.Found.Deleted, one.Found.Json))
            .FirstOrDefault();
    }

    /// <summary>The newest versions that match, in the order of their ids, without deleted ones; null where too many rows had to be looked at.</summary>
    public IReadOnlyList<OwnResource>? Search(AccessGrant grant, OwnSearch search)
    {
        SourceId source = SourceOf(grant);
        using Session session = database.Open();
        IEnumerable<OwnResource>? candidates = search.Ids is { } ids ? ById(session, source, search.Type, ids)
            : search.Patient is { } patient ? OfPatient(session, source, search.Type, patient)
            : All(session, source, search.Type);
        return candidates is null ? null : [.. candidates
            .Where(resource => !resource.Deleted && Matches(resource, search))
            .OrderBy(resource => resource.Id, StringComparer.Ordinal)
            .Where(resource => search.After is null || string.CompareOrdinal(resource.Id, search.After) > 0)
            .Take(search.Limit)];
    }

    private static IEnumerable<OwnResource> ById(Session session, SourceId source, string type, IReadOnlySet<string> ids)
    {
        foreach (string id in ids)
        {
            ResourceKey key = ResourceKey.Of(type, id);
            if (PatientRows.Locate(session, key).Rows is [(PatientId owner, SourceId at)] && at == source)
            {
                foreach (OwnResource resource in session.Query(
                    $"SELECT {Columns} FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND r.type = $3 AND r.id = $4",
                    row => Resource(row, type), owner.Bucket, owner.Value, key.Type, key.Id))
                {
                    yield return resource;
                }
            }
        }
    }

    private static List<OwnResource> OfPatient(Session session, SourceId source, string type, PatientId patient)
    {
        int number = ResourceTypes.NumberOf(type);
        List<OwnResource> found = session.Query(
            $"SELECT {Columns} FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND r.type = $3 AND r.source = $4",
            row => Resource(row, type), patient.Bucket, patient.Value, number, source.Value);
        found.AddRange(session.Query(
            $"""
            SELECT {Columns} FROM mention m
            JOIN resource r ON r.bucket = m.owner_bucket AND r.patient = m.owner_patient AND r.type = m.type AND r.id = m.id
            WHERE m.bucket = $1 AND m.patient = $2 AND m.type = $3 AND r.source = $4
            """,
            row => Resource(row, type), patient.Bucket, patient.Value, number, source.Value));
        return [.. found.DistinctBy(resource => resource.Id)];
    }

    private static List<OwnResource>? All(Session session, SourceId source, string type)
    {
        List<OwnResource> found = session.Query(
            $"""
            SELECT {Columns} FROM locator l
            JOIN resource r ON r.bucket = l.bucket AND r.patient = l.patient AND r.type = l.type AND r.id = l.id
            WHERE l.type = $1 AND l.source = $2 LIMIT $3
            """,
            row => Resource(row, type), ResourceTypes.NumberOf(type), source.Value, Budget + 1);
        return found.Count <= Budget ? found : null;
    }

    private static OwnResource Resource(Row row, string type) => new(
        type, row.TextOrNull(1) ?? row.Id(0).ToString("D"), new PatientId(row.Id(2)), row.Int(3), row.Time(4), row.Flag(5), Envelope.Unwrap(row.Bytes(6)));

    private static bool Matches(OwnResource resource, OwnSearch search)
    {
        if (search.Ids is not null && search.Patient is { } patient && resource.Owner != patient)
        {
            return false;
        }

        return search.Identifier is not (var system, { } value) || HasIdentifier(resource.Json, system, value);
    }

    private static bool HasIdentifier(ReadOnlyMemory<byte> json, string? system, string value)
    {
        using JsonDocument resource = JsonDocument.Parse(json);
        return resource.RootElement.TryGetProperty("identifier", out JsonElement identifiers)
            && (identifiers.ValueKind == JsonValueKind.Array ? [.. identifiers.EnumerateArray()] : new[] { identifiers }).Any(identifier =>
                Text(identifier, "value") == value && (system is null || (Text(identifier, "system") ?? "") == system));
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static SourceId SourceOf(AccessGrant grant) => grant is { Scope: GrantScope.OwnSource, Source: { } source }
        ? source
        : throw new ArgumentException($"A grant of scope {grant.Scope} does not allow reading a source's own resources.", nameof(grant));
}
