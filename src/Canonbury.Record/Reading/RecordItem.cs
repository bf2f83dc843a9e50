using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;

namespace Canonbury.Record.Reading;

/// <summary>One resource of a person's record as a list shows it: its card and where it came from.</summary>
/// <param name="Type">The FHIR resource type.</param>
/// <param name="FhirId">The id under which <c>/fhir</c> serves it.</param>
/// <param name="Patient">The source's patient that owns it.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Version">1 for the first; grows by one with each version.</param>
/// <param name="Position">The commit position: the order of commits in the owner's bucket.</param>
/// <param name="SourceTime">When the source said the newest thing in it.</param>
/// <param name="ReceivedAt">When we received the message that made this version.</param>
/// <param name="Message">The inbox message (or FHIR write) that made this version.</param>
public sealed record RecordItem(
    string Type,
    string FhirId,
    PatientId Patient,
    SourceId Source,
    int Version,
    long Position,
    DateTimeOffset SourceTime,
    DateTimeOffset ReceivedAt,
    Guid Message,
    Card Card);

/// <summary>One version of a resource, for "earlier versions".</summary>
public sealed record ItemVersion(int Version, DateTimeOffset SourceTime, DateTimeOffset ReceivedAt, Guid Message, bool Deleted, ReadOnlyMemory<byte> Json);

/// <summary>One resource with its content (UTF-8 FHIR JSON, ready to send) and every version, newest first, itself included.</summary>
public sealed record ItemDetail(RecordItem Item, ReadOnlyMemory<byte> Json, IReadOnlyList<ItemVersion> Versions);

/// <summary>One source's patient among those linked to the person, with its <c>Patient</c> resource as UTF-8 JSON.</summary>
public sealed record LinkedPatient(PatientId Id, SourceId Source, string LocalId, ReadOnlyMemory<byte> Json, DateTimeOffset ReceivedAt);

/// <summary>Something that was received about the person and cannot be shown yet: the fifth kind of empty.</summary>
/// <param name="Kind"><c>dead-letter</c> or <c>quarantine</c>.</param>
public sealed record NotYetUsable(SourceId Source, string Kind, int Count, DateTimeOffset Oldest);

/// <summary>Everything that one grant shows of one person: newest versions, withdrawn and deleted items left out.</summary>
/// <param name="Tombstones">How many items the sources have withdrawn or deleted.</param>
public sealed record PersonRecord(
    PersonId Person,
    IReadOnlyList<LinkedPatient> Patients,
    IReadOnlyList<RecordItem> Items,
    IReadOnlyList<NotYetUsable> NotYetUsable,
    int Tombstones);
