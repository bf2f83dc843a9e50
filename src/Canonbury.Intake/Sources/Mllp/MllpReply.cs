using System.Text;
using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>What became of one frame, before it is written as an acknowledgement.</summary>
/// <param name="Header">Of the frame; a bare one where it has none.</param>
/// <param name="ReceivedAt">Timestamp of its last byte.</param>
/// <param name="Reason">A kebab-case word for metrics and logs; null when it was stored.</param>
/// <param name="Words">What the sender can do, for MSA-3.</param>
/// <param name="Condition">HL7 table 0357, for ERR-3.</param>
internal sealed record MllpReply(
    MessageHeader Header, ReceiptOutcome Outcome, long ReceivedAt, string? Reason = null, string? Words = null, string? Condition = null, string? Path = null)
{
    private static readonly MessageHeader Bare = new() { Delimiters = Delimiters.Usual, Encoding = Encoding.ASCII };

    public static MllpReply Stored(MessageHeader header, long receivedAt) => new(header, ReceiptOutcome.Accepted, receivedAt);

    /// <summary>HL7 v2 chapter 2: an error that may pass, so the sender sends the same message again.</summary>
    public static MllpReply Unavailable(MessageHeader? header, long receivedAt) => new(header ?? Bare, ReceiptOutcome.Error, receivedAt,
        "unavailable", "The message could not be stored now. Send it again later.", "207");

    public static MllpReply TooManyConnections(MessageHeader header, long receivedAt, int limit) => new(header, ReceiptOutcome.Error, receivedAt,
        "too-many-connections", $"This port serves {limit} connections and all are in use. Close one or connect again later.", "207");

    public static MllpReply Busy(ReadOnlySpan<byte> head, long receivedAt) => new(HeaderOf(head), ReceiptOutcome.Error, receivedAt,
        "busy", "Too many large messages arrive at the same time. Send it again later.", "207");

    public static MllpReply TooLarge(ReadOnlySpan<byte> head, long receivedAt, int limit) => new(HeaderOf(head), ReceiptOutcome.Rejected, receivedAt,
        "too-large", $"The message is larger than {limit} bytes, the limit of this port.", "207");

    public static MllpReply Utf16(long receivedAt) => new(Bare, ReceiptOutcome.Rejected, receivedAt,
        "utf-16", "UTF-16 is not accepted over MLLP, whose frame bytes occur in it. Send UTF-8 or ISO 8859-1 and name it in MSH-18.", "102", "MSH-18");

    public static MllpReply NoHeader(long receivedAt, string words) => new(Bare, ReceiptOutcome.Rejected, receivedAt, "no-msh", words, "100", "MSH-1");

    private static MessageHeader HeaderOf(ReadOnlySpan<byte> head) => MessageHeader.TryRead(head, out MessageHeader? header, out _) ? header : Bare;
}
