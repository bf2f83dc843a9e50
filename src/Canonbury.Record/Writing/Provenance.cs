using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;

namespace Canonbury.Record.Writing;

/// <summary>Where statements come from: every write says it.</summary>
/// <param name="Message">The inbox message, or the FHIR write.</param>
/// <param name="Stamp">When the source said it; null for "now, after all that is known" (a FHIR write: the client saw what it replaces).</param>
public sealed record Provenance(SourceId Source, Guid Message, DateTimeOffset ReceivedAt, Stamp? Stamp);
