using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>What a receiver needs of MSH to route, acknowledge and recognise a message; the rest of the message may be malformed.</summary>
public sealed record MessageHeader
{
    public required Delimiters Delimiters { get; init; }

    public required Encoding Encoding { get; init; }

    /// <summary>MSH-3 and MSH-4 as sent, components and all, so that an acknowledgement can return them.</summary>
    public string SendingApplication { get; init; } = string.Empty;

    public string SendingFacility { get; init; } = string.Empty;

    public string ReceivingApplication { get; init; } = string.Empty;

    public string ReceivingFacility { get; init; } = string.Empty;

    /// <summary>MSH-7 as sent.</summary>
    public string MessageTime { get; init; } = string.Empty;

    /// <summary>MSH-9.1, such as <c>ADT</c>.</summary>
    public string MessageCode { get; init; } = string.Empty;

    /// <summary>MSH-9.2, such as <c>A01</c>; where it is empty, the event that MSH-9.3 names.</summary>
    public string TriggerEvent { get; init; } = string.Empty;

    /// <summary>MSH-10; empty never matches another message.</summary>
    public string ControlId { get; init; } = string.Empty;

    /// <summary>MSH-11.1: <c>P</c>, <c>T</c> or <c>D</c>.</summary>
    public string ProcessingId { get; init; } = string.Empty;

    /// <summary>MSH-12.1, such as <c>2.4</c>.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>MSH-15: AL, NE, ER, SU or empty.</summary>
    public string AcceptAcknowledgement { get; init; } = string.Empty;

    /// <summary>MSH-16: AL, NE, ER, SU or empty.</summary>
    public string ApplicationAcknowledgement { get; init; } = string.Empty;

    /// <summary>MSH-18, first repetition, as sent.</summary>
    public string CharacterSet { get; init; } = string.Empty;

    /// <summary>
    /// Reads the header of a message. False when there is no usable MSH: then nothing can be acknowledged but with a bare AR.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out MessageHeader? header,
        [NotNullWhen(false)] out Finding? problem)
    {
        header = null;
        ReadOnlySpan<byte> first = MessageText.IsUtf16(bytes) ? bytes : FirstSegment(bytes);
        if (!Hl7Message.TryParse(first, out Hl7Message? message, out problem))
        {
            return false;
        }

        header = Of(message);
        return true;
    }

    public static MessageHeader Of(Hl7Message message)
    {
        Segment msh = message.Header;
        string code = msh.Peek(9)[1].Text ?? string.Empty;
        string structure = msh.Peek(9)[3].Text ?? string.Empty;
        string trigger = msh.Peek(9)[2].Text ?? (structure.Length == 7 ? structure[4..] : string.Empty);
        if (trigger.Length == 0 && code.Length == 7 && code[3] is '_' or '-' or ' ')
        {
            // Some senders write ADT_A01 in one component.
            (code, trigger) = (code[..3], code[4..]);
        }

        return new MessageHeader
        {
            Delimiters = message.Delimiters,
            Encoding = message.Encoding,
            SendingApplication = msh.Peek(3).Raw.ToString(),
            SendingFacility = msh.Peek(4).Raw.ToString(),
            ReceivingApplication = msh.Peek(5).Raw.ToString(),
            ReceivingFacility = msh.Peek(6).Raw.ToString(),
            MessageTime = msh.Peek(7).Text ?? string.Empty,
            MessageCode = code.ToUpperInvariant(),
            TriggerEvent = trigger.ToUpperInvariant(),
            ControlId = msh.Peek(10).Text ?? string.Empty,
            ProcessingId = msh.Peek(11).Text ?? string.Empty,
            Version = msh.Peek(12).Text ?? string.Empty,
            AcceptAcknowledgement = msh.Peek(15).Text ?? string.Empty,
            ApplicationAcknowledgement = msh.Peek(16).Text ?? string.Empty,
            CharacterSet = msh.Peek(18).Text ?? string.Empty,
        };
    }

    private static ReadOnlySpan<byte> FirstSegment(ReadOnlySpan<byte> bytes)
    {
        int start = bytes.IndexOf("MSH"u8);
        if (start < 0)
        {
            return bytes[..Math.Min(bytes.Length, 64)];
        }

        int length = bytes[start..].IndexOfAny((byte)'\r', (byte)'\n');
        return length < 0 ? bytes : bytes[..(start + length)];
    }
}
