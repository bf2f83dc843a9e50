using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;

namespace Canonbury.Translate;

/// <summary>What Translate needs to know about the feed; nothing else from outside reaches it.</summary>
/// <param name="Source">Whose message it is.</param>
/// <param name="Zone">The zone of times that carry no offset (default Europe/London).</param>
/// <param name="ReceivedAt">When we received the message: the fallback stamp of a message without any time of its own.</param>
public sealed record TranslationContext(SourceId Source, TimeZoneInfo Zone, DateTimeOffset ReceivedAt);

/// <summary>What one message means, as statements about resources. Pure: the same bytes and context always give the same translation.</summary>
public sealed record Translation
{
    /// <summary>The event in the source's words, such as <c>ADT^A01</c>.</summary>
    public required string Event { get; init; }

    public required Stamp Stamp { get; init; }

    public required IReadOnlyList<ResourceStatement> Statements { get; init; }

    /// <summary>Source merges: the first patient's record goes on under the second (A40, A34, A18 and their kin).</summary>
    public IReadOnlyList<PatientMerge> Merges { get; init; } = [];

    /// <summary>Fields that carried a value which no map used, each counted (A11).</summary>
    public IReadOnlyList<UnmappedField> Unmapped { get; init; } = [];

    /// <summary>What was wrong but did not stop the message: an invalid NHS number, an ambiguous hour, an unknown code.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>The source says that two of its patients are one.</summary>
/// <param name="Retired">The patient whose id is no longer used (MRG-1).</param>
/// <param name="Surviving">The patient that goes on (PID-3).</param>
public sealed record PatientMerge(PatientId Retired, PatientId Surviving);

/// <param name="Path">Where, such as <c>PV1-44</c> or <c>ZPD-3</c>; never a value.</param>
/// <param name="Count">How often it occurred in this message.</param>
public sealed record UnmappedField(string Path, int Count);

/// <param name="Path">Where, such as <c>PID-3(2)</c>.</param>
/// <param name="Code">A stable kebab-case code such as <c>nhs-number-invalid</c>.</param>
/// <param name="Words">What is wrong, in a sentence without any clinical content or identifier.</param>
public sealed record Finding(string Path, string Code, string Words);

/// <summary>Thrown for content that cannot be used at all: the message becomes a dead letter with this reason.</summary>
/// <param name="path">Segment and field, such as <c>PID-3</c>.</param>
/// <param name="code">A stable kebab-case code such as <c>patient-id-missing</c>.</param>
/// <param name="words">What is wrong and with what class of value, never the value itself.</param>
public sealed class UntranslatableException(string path, string code, string words) : Exception($"{path}: {words} ({code})")
{
    public string Path { get; } = path;

    public string Code { get; } = code;

    public string Words { get; } = words;
}
