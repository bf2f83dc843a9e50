using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;

namespace Canonbury.Record.Reading;

/// <summary>One version of a resource of a system client's own source.</summary>
/// <param name="LastUpdated">When what the source said was received.</param>
/// <param name="Json">UTF-8, ready to send; type and id only where it is deleted.</param>
public sealed record OwnResource(
    string Type, string Id, PatientId Owner, int Version, DateTimeOffset LastUpdated, bool Deleted, ReadOnlyMemory<byte> Json)
{
    /// <summary>When this version was made: what <c>meta.lastUpdated</c> says. The source's message may have come earlier.</summary>
    public DateTimeOffset LastModified => MetaJson.LastUpdated(Json.Span) ?? LastUpdated;
}

/// <summary>A search of one type; what is null does not narrow.</summary>
/// <param name="Patient">The owner or a mention.</param>
/// <param name="Identifier">System and value; a null system means any, an empty one none.</param>
/// <param name="After">Only ids that sort after this one.</param>
/// <param name="Limit">At most so many.</param>
public sealed record OwnSearch(
    string Type, IReadOnlySet<string>? Ids, PatientId? Patient, (string? System, string Value)? Identifier, string? After, int Limit);
