using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;

namespace Canonbury.Record.Subscriptions;

/// <summary>The newest version of a Subscription.</summary>
/// <param name="Key">What events and state are kept by.</param>
public sealed record StoredSubscription(Guid Key, SourceId Source, int Version, Subscription Resource)
{
    private static readonly int Type = ResourceTypes.NumberOf(nameof(Subscription));

    /// <summary>Every subscription that is there: they are about nobody, and for the server itself, not for a reader.</summary>
    internal static List<StoredSubscription> All(Session session) => session.Query(
        "SELECT id, source, version, content FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND deleted = 0", Of,
        PatientId.Nobody.Bucket, PatientId.Nobody.Value, Type);

    internal static StoredSubscription? Find(Session session, Guid key) => session.Ask(
        "SELECT id, source, version, content FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4 AND deleted = 0", Of,
        PatientId.Nobody.Bucket, PatientId.Nobody.Value, Type, key).Single;

    private static StoredSubscription Of(Row row) => new(
        row.Id(0), new SourceId(row.Text(1)), row.Int(2),
        FhirJson.ParseStored(Envelope.Unwrap(row.Bytes(3))).Resource as Subscription ?? throw new InvalidDataException("A stored subscription cannot be read."));
}
