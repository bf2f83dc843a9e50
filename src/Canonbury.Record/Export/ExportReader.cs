using System.Text.Json;
using Canonbury.Database;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;

namespace Canonbury.Record.Export;

/// <summary>Reads what an export holds, bucket by bucket, a chunk at a time, under the client's grant.</summary>
public sealed class ExportReader(RecordDatabase database, SearchRooms rooms)
{
    private const int Chunk = 200;

    /// <summary>Everything of the bucket that the grant shows, in the order of the store.</summary>
    public IEnumerable<IReadOnlyList<OwnResource>> OfBucket(AccessGrant grant, ExportFilter filter, int bucket) => Shown(grant, filter, (session, after) => session.Query(
        $"""
        SELECT {Candidate.Columns} FROM resource r
        WHERE r.bucket = $1 AND (r.patient, r.type, r.id) > ($2, $3, $4) AND r.deleted = 0{filter.TypeCondition} ORDER BY r.patient, r.type, r.id LIMIT $5
        """,
        Candidate.Read, bucket, after.Patient, after.Type, after.Id, Chunk));

    /// <summary>What is about one of the patients: its own, and others' that mention it, unless their owner is one of the patients, too.</summary>
    public IEnumerable<IReadOnlyList<OwnResource>> OfPatient(AccessGrant grant, ExportFilter filter, PatientId patient, IReadOnlySet<PatientId> patients) =>
        Shown(grant, filter, (session, after) => session.Query(
            $"""
            SELECT {Candidate.Columns} FROM resource r
            WHERE r.bucket = $1 AND r.patient = $2 AND (r.type, r.id) > ($3, $4) AND r.deleted = 0{filter.TypeCondition} ORDER BY r.type, r.id LIMIT $5
            """,
            Candidate.Read, patient.Bucket, patient.Value, after.Type, after.Id, Chunk))
        .Concat(Shown(grant, filter, (session, after) => session.Query(
            $"""
            SELECT {Candidate.Columns} FROM mention m
            JOIN resource r ON r.bucket = m.owner_bucket AND r.patient = m.owner_patient AND r.type = m.type AND r.id = m.id
            WHERE m.bucket = $1 AND m.patient = $2 AND (m.type, m.id) > ($3, $4) AND r.deleted = 0{filter.TypeCondition} ORDER BY m.type, m.id LIMIT $5
            """,
            Candidate.Read, patient.Bucket, patient.Value, after.Type, after.Id, Chunk))
            .Select(chunk => (IReadOnlyList<OwnResource>)[.. chunk.Where(one => !patients.Contains(one.Owner))]));

    /// <summary>
    /// The patients that the members of a group are, and those linked to the same person; members that are patients of the grant's and have not left.
    /// Null where the grant shows no such group.
    /// </summary>
    public IReadOnlySet<PatientId>? Members(AccessGrant grant, string group)
    {
        if (new OwnResourceReader(database, rooms.StandingOf).Read(grant, "Group", group, version: null) is not { Deleted: false } found)
        {
            return null;
        }

        Sight sight = new(grant, rooms.StandingOf);
        using Session session = database.Open();
        using JsonDocument json = JsonDocument.Parse(found.Json);
        IEnumerable<JsonElement> members = json.RootElement.TryGetProperty("member", out JsonElement list) ? list.EnumerateArray() : [];
        return members
            .Where(member => !member.TryGetProperty("inactive", out JsonElement inactive) || inactive.ValueKind != JsonValueKind.True)
            .Select(Patient)
            .OfType<string>()
            .SelectMany(id => PatientRows.Locate(session, ResourceKey.Of("Patient", id)).Rows)
            .Where(place => sight.Shows(place.Source, place.Owner, "Patient"))
            .SelectMany(place => rooms.LinkedTo(place.Owner).Append(place.Owner))
            .ToHashSet();
    }

    private static string? Patient(JsonElement member) =>
        member.TryGetProperty("entity", out JsonElement entity) && entity.TryGetProperty("reference", out JsonElement reference)
        && reference.GetString()?.Split('/') is ["Patient", var id, ..] ? id : null;

    /// <summary>Chunk by chunk, each on a connection of its own, so that an export that waits for its disk holds none.</summary>
    private IEnumerable<IReadOnlyList<OwnResource>> Shown(AccessGrant grant, ExportFilter filter, Func<Session, RowKey, List<Candidate>> read)
    {
        RowKey after = new(0, Guid.Empty, -1, Guid.Empty);
        for (int found = Chunk; found == Chunk;)
        {
            // What stands between a patient and others may change while an export runs: it is asked anew.
            Sight sight = new(grant, rooms.StandingOf);
            List<Candidate> rows;
            using (Session session = database.Open())
            {
                rows = read(session, after);
            }

            found = rows.Count;
            after = found > 0 ? rows[^1].Key : after;
            yield return [.. rows.Select(sight.Of).OfType<Candidate>().Where(filter.Holds).Select(candidate => candidate.ToResource())];
        }
    }
}
