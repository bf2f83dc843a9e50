using Canonbury.Fhir.Ids;

namespace Canonbury.Intake.Inbox;

/// <summary>One message that is durable and waits to be worked on.</summary>
/// <param name="Patient">The patient that its key names; null where it names none.</param>
/// <param name="Attempts">How often it was worked on before.</param>
public sealed record InboxMessage(
    Guid Id, int Bucket, PatientId? Patient, SourceId Source, string Feed, TimeZoneInfo Zone, DateTimeOffset ReceivedAt, int Attempts, ReadOnlyMemory<byte> Raw);

/// <summary>What has become of a message: the numbers of its column <c>state</c>.</summary>
public enum MessageState
{
    /// <summary>Durable, not in the record yet.</summary>
    Waiting = 0,

    /// <summary>In the record.</summary>
    Done = 1,

    /// <summary>A dead letter: it waits for a fix, with its reason.</summary>
    Dead = 2,
}
