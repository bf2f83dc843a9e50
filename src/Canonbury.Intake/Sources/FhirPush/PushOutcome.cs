using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Intake.Sources.FhirPush;

/// <param name="Body">What was sent, of which the hash is kept.</param>
public sealed record FhirWrite(SourceId Source, PushResult Push, ReadOnlyMemory<byte> Body);

/// <param name="Problem">Why nothing was written; null where something was.</param>
/// <param name="Entries">One for each entry of the push, in its order.</param>
public sealed record WriteOutcome(Problem? Problem, IReadOnlyList<WrittenEntry> Entries);

/// <param name="Stored">The version that the resource has now; null for what was refused, or deleted without having existed.</param>
/// <param name="Problem">Why this entry of a batch was refused.</param>
public sealed record WrittenEntry(PushEntry Entry, OwnResource? Stored, bool Created, Problem? Problem);
