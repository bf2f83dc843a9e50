using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;

namespace Canonbury.Record.Reading;

/// <summary>One version of a resource, for a system client.</summary>
/// <param name="LastUpdated">When what the source said was received.</param>
/// <param name="Json">UTF-8, ready to send; type and id only where it is deleted.</param>
public sealed record OwnResource(
    string Type, string Id, PatientId Owner, int Version, DateTimeOffset LastUpdated, bool Deleted, ReadOnlyMemory<byte> Json)
{
    /// <summary>When this version was made: what <c>meta.lastUpdated</c> says. The source's message may have come earlier.</summary>
    public DateTimeOffset LastModified => MetaJson.LastUpdated(Json.Span) ?? LastUpdated;
}
