using System.Text.Json;
using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Types;
using Canonbury.Record.Folding;

namespace Canonbury.Record.Reading;

/// <summary>Reads rows of the tables of resources; whoever calls it has the grant.</summary>
internal static class PatientRows
{
    private const string ItemColumns = "r.type, r.id, r.fhir_id, r.source, r.version, r.position, r.source_time, r.received_at, r.message, r.card";

    private static readonly int PatientType = ResourceTypes.NumberOf("Patient");

    /// <summary>What lists show of one patient's resources: the newest versions, without what is deleted.</summary>
    public static Answer<RecordItem> Items(Session session, PatientId patient)
    {
        // A patient is one source's.
        SourceId? source = null;
        return session.Ask(
            $"SELECT {ItemColumns} FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND r.deleted = 0 AND r.card IS NOT NULL",
            row => Item(row, patient, source ??= new SourceId(row.Text(3))), patient.Bucket, patient.Value);
    }

    /// <summary>Other patients' resources that are about this patient too.</summary>
    public static Answer<RecordItem> Mentioned(Session session, PatientId patient) => session.Ask(
        $"""
        SELECT {ItemColumns}, r.patient FROM mention m
        JOIN resource r ON r.bucket = m.owner_bucket AND r.patient = m.owner_patient AND r.type = m.type AND r.id = m.id
        WHERE m.bucket = $1 AND m.patient = $2 AND r.deleted = 0 AND r.card IS NOT NULL
        """,
        row => Item(row, new PatientId(row.Id(10)), new SourceId(row.Text(3))), patient.Bucket, patient.Value);

    /// <summary>How many of the patient's resources its source has deleted.</summary>
    public static Answer<int> Deleted(Session session, PatientId patient) => session.Ask(
        "SELECT count(*) FROM resource WHERE bucket = $1 AND patient = $2 AND deleted = 1", row => row.Int(0), patient.Bucket, patient.Value);

    /// <summary>The <c>Patient</c> of a patient: at most one row.</summary>
    public static Answer<LinkedPatient> Patient(Session session, PatientId patient) => session.Ask(
        "SELECT source, content, received_at FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND deleted = 0",
        row => Linked(patient, new SourceId(row.Text(0)), Envelope.Unwrap(row.Bytes(1)), row.Time(2)),
        patient.Bucket, patient.Value, PatientType);

    /// <summary>The last <c>Patient</c> that its source stated before it deleted it.</summary>
    public static Answer<byte[]> LastPatient(Session session, PatientId patient) => session.Ask(
        "SELECT content FROM resource_version WHERE bucket = $1 AND patient = $2 AND type = $3 AND deleted = 0 ORDER BY version DESC LIMIT 1",
        row => Envelope.Unwrap(row.Bytes(0)), patient.Bucket, patient.Value, PatientType);

    /// <summary>One resource by its key, under the patient that owns it.</summary>
    public static Answer<(RecordItem Item, byte[] Json)> One(Session session, PatientId owner, ResourceKey key) => session.Ask(
        $"SELECT {ItemColumns}, r.content FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND r.type = $3 AND r.id = $4 AND r.deleted = 0 AND r.card IS NOT NULL",
        row => (Item(row, owner, new SourceId(row.Text(3))), Envelope.Unwrap(row.Bytes(10))), owner.Bucket, owner.Value, key.Type, key.Id);

    /// <summary>The newest version of a resource, deleted or not: at most one row.</summary>
    public static Answer<OwnResource> Newest(Session session, PatientId owner, ResourceKey key, string type, string id) => session.Ask(
        "SELECT version, received_at, deleted, content FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4",
        row => new OwnResource(type, id, owner, row.Int(0), row.Time(1), row.Flag(2), Envelope.Unwrap(row.Span(3))),
        owner.Bucket, owner.Value, key.Type, key.Id);

    /// <summary>Every version of a resource, newest first.</summary>
    public static Answer<ItemVersion> Versions(Session session, PatientId owner, ResourceKey key) => session.Ask(
        """
        SELECT version, source_time, received_at, message, deleted, content FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4
        UNION ALL
        SELECT version, source_time, received_at, message, deleted, content FROM resource_version WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4
        ORDER BY 1 DESC
        """,
        row => new ItemVersion(row.Int(0), row.Time(1), row.Time(2), row.Id(3), row.Flag(4), Envelope.Unwrap(row.Bytes(5))),
        owner.Bucket, owner.Value, key.Type, key.Id);

    /// <summary>One version of a resource among those of one owner: at most one row.</summary>
    public static Answer<ItemVersion> Version(Session session, PatientId owner, ResourceKey key, int version) => session.Ask(
        """
        SELECT version, source_time, received_at, message, deleted, content FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4 AND version = $5
        UNION ALL
        SELECT version, source_time, received_at, message, deleted, content FROM resource_version WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4 AND version = $5
        """,
        row => new ItemVersion(row.Int(0), row.Time(1), row.Time(2), row.Id(3), row.Flag(4), Envelope.Unwrap(row.Bytes(5))),
        owner.Bucket, owner.Value, key.Type, key.Id, version);

    /// <summary>The patients that owned a resource before its subject changed.</summary>
    public static IReadOnlyList<PatientId> FormerOwners(Session session, PatientId owner, ResourceKey key) => session.Ask(
        "SELECT fold FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4", row => FoldState.Of(row.Bytes(0)).FormerOwners,
        owner.Bucket, owner.Value, key.Type, key.Id).Single ?? [];

    /// <summary>Whether a resource of another owner is about this patient too.</summary>
    public static Answer<int> IsMentioned(Session session, PatientId patient, ResourceKey key) => session.Ask(
        "SELECT 1 FROM mention WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4", row => row.Int(0),
        patient.Bucket, patient.Value, key.Type, key.Id);

    /// <summary>Whose a resource is: its owner and its source.</summary>
    public static Answer<(PatientId Owner, SourceId Source)> Locate(Session session, ResourceKey key) => session.Ask(
        "SELECT patient, source FROM locator WHERE id = $1 AND type = $2", row => (new PatientId(row.Id(0)), new SourceId(row.Text(1))), key.Id, key.Type);

    private static LinkedPatient Linked(PatientId id, SourceId source, byte[] json, DateTimeOffset receivedAt)
    {
        using JsonDocument patient = JsonDocument.Parse(json);
        return new LinkedPatient(id, source, LocalNumber(patient.RootElement), json, receivedAt);
    }

    /// <summary>The number by which the source itself knows the patient: its first identifier that is not an NHS number.</summary>
    private static string LocalNumber(JsonElement patient) => !patient.TryGetProperty("identifier", out JsonElement identifiers) ? "" : identifiers
        .EnumerateArray()
        .Where(identifier => !identifier.TryGetProperty("system", out JsonElement system) || system.GetString() != NhsNumber.System)
        .Select(identifier => identifier.TryGetProperty("value", out JsonElement value) ? value.GetString() : null)
        .FirstOrDefault(value => value is not null) ?? "";

    private static RecordItem Item(Row row, PatientId patient, SourceId source) => new(
        ResourceTypes.NameOf(row.Int(0)),
        row.TextOrNull(2) ?? row.Id(1).ToString("D"),
        patient,
        source,
        row.Int(4),
        row.Long(5),
        row.Time(6),
        row.Time(7),
        row.Id(8),
        CardJson.Read(row.Span(9)));
}
