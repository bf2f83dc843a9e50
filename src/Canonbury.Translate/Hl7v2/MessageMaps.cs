using System.Collections.Frozen;
using Canonbury.Translate.Hl7v2.Adt;
using Canonbury.Translate.Hl7v2.Clinical;

namespace Canonbury.Translate.Hl7v2;

/// <summary>One step of a translation: reads some segments and adds statements to the draft.</summary>
public delegate void SegmentMap(Draft draft);

/// <summary>What is done with the messages of some events.</summary>
/// <param name="Code">MSH-9.1, such as <c>ADT</c>.</param>
/// <param name="Triggers">MSH-9.2 values separated by spaces; <c>*</c> for every event of the code that no other row names.</param>
/// <param name="Maps">The steps, in order.</param>
public sealed record MessageMap(string Code, string Triggers, IReadOnlyList<SegmentMap> Maps);

/// <summary>Which maps a message goes through, by its event: the table of contents of this folder.</summary>
public static class MessageMaps
{
    public static readonly IReadOnlyList<MessageMap> All = [.. AdtMaps.All, .. ClinicalMaps.All];

    private static readonly FrozenDictionary<string, IReadOnlyList<SegmentMap>> ByEvent = All
        .SelectMany(row => row.Triggers.Split(' '), (row, trigger) => (Event: $"{row.Code}^{trigger}", row.Maps))
        .ToFrozenDictionary(row => row.Event, row => row.Maps, StringComparer.Ordinal);

    /// <summary>The steps for an event, or null for one that is not supported.</summary>
    public static IReadOnlyList<SegmentMap>? Find(string code, string trigger) =>
        ByEvent.TryGetValue($"{code}^{trigger}", out IReadOnlyList<SegmentMap>? maps) ? maps : ByEvent.GetValueOrDefault($"{code}^*");
}
