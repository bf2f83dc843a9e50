using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Json;
using Hl7.Fhir.Model;

namespace Canonbury.Record.Writing;

/// <summary>The newest stored version of one resource, as folding needs it.</summary>
internal sealed record StoredRow(
    int Version, bool Deleted, DateTimeOffset SourceTime, DateTimeOffset ReceivedAt, Guid Message, byte[] Fold, byte[] Content, byte[]? Search)
{
    public const string Columns = "version, deleted, source_time, received_at, message, fold, content, search";

    public static StoredRow Read(Row row) => new(
        row.Int(0), row.Flag(1), row.Time(2), row.Time(3), row.Id(4), row.Bytes(5), row.Bytes(6), row.BytesOrNull(7));

    public Resource Parse() => FhirJson.ParseStored(Envelope.Unwrap(Content)).Resource
        ?? throw new InvalidDataException("A stored resource cannot be read.");
}
