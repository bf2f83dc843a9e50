using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Intake.Sources.FhirPush;

/// <param name="Hash">Of what was sent; it is kept.</param>
/// <param name="Conditions">What the push rests on beside the versions that its entries name.</param>
public sealed record FhirWrite(SourceId Source, PushResult Push, byte[] Hash, IReadOnlyList<WriteCondition> Conditions);

/// <param name="Problem">Why nothing was written; null where something was.</param>
/// <param name="Entries">One for each entry of the push, in its order.</param>
public sealed record WriteOutcome(Problem? Problem, IReadOnlyList<WrittenEntry> Entries)
{
    internal static readonly WriteOutcome Stale = new(null, []) { IsStale = true };

    /// <summary>
    /// True where somebody wrote in between, and the push rests on what was before: nothing was written, and conditions and patches must be looked at
    /// again.
    /// </summary>
    public bool IsStale { get; private init; }
}

/// <param name="Stored">The version that the resource has now; null where it was deleted without having existed, and where nothing was to be written.</param>
public sealed record WrittenEntry(PushEntry Entry, OwnResource? Stored, bool Created);
