using Canonbury.Fhir.Ids;

namespace Canonbury.Intake.Inbox;

/// <summary>One connection of a source, as configuration or the registry knows it.</summary>
/// <param name="Id">A short code such as <c>mllp-2575</c>.</param>
/// <param name="Source">Whose messages arrive here; null where MSH-3 and MSH-4 of each message say it (the default port).</param>
/// <param name="Zone">The zone of times without an offset.</param>
public sealed record Feed(string Id, SourceId? Source, TimeZoneInfo Zone);

/// <summary>What became of a received message. Both mean that it is durable.</summary>
public enum InboxReceipt
{
    Stored,

    /// <summary>The same feed, control id and bytes were stored before.</summary>
    Duplicate,
}

/// <summary>
/// Stores the raw bytes of one message and returns once they are durable. Throws <see cref="InboxUnavailableException"/> when they
/// could not be stored; then nothing may be acknowledged as accepted.
/// </summary>
/// <remarks>
/// Called in the order of arrival, without waiting for the message before: a message takes its place in the order before the first await.
/// The bytes are the caller's; they stay as they are until the task has ended.
/// </remarks>
public delegate Task<InboxReceipt> ReceiveMessage(Feed feed, ReadOnlyMemory<byte> message, CancellationToken cancellation);

/// <summary>The inbox cannot store now (outage, disk full, shutting down): the sender must try again.</summary>
public sealed class InboxUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
