using System.Globalization;
using System.Text;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2;

/// <summary>
/// The codes of MSA-1 (HL7 table 0008): A for the original mode and for the application, C for the accept step of the enhanced mode.
/// </summary>
public enum AcknowledgementCode
{
    AA, AE, AR, CA, CE, CR,
}

/// <summary>What became of a received message, before the sender's mode turns it into a code.</summary>
public enum ReceiptOutcome
{
    Accepted, Error, Rejected,
}

/// <summary>An ERR segment: a condition of HL7 table 0357 and where it was met.</summary>
/// <param name="Condition">Such as <c>207</c> (application internal error) or <c>101</c> (required field missing).</param>
/// <param name="Path">Segment and field such as <c>MSH-12</c>, or null.</param>
public sealed record AcknowledgementError(string Condition, string? Path);

/// <summary>
/// Writes the answers to received messages (HL7 v2 chapter 2, "Message acknowledgment"), in the sender's delimiters and character set.
/// </summary>
public static class Acknowledgement
{
    /// <summary>
    /// The code that the sender's mode asks for. Original mode (MSH-15 and MSH-16 both empty): AA, AE or AR. Enhanced mode: CA, CE or CR
    /// where MSH-15 wants an accept acknowledgement; else AA, AE or AR where MSH-16 wants one; null where the sender wants none.
    /// </summary>
    public static AcknowledgementCode? CodeFor(MessageHeader header, ReceiptOutcome outcome)
    {
        bool isOriginal = header.AcceptAcknowledgement.Length == 0 && header.ApplicationAcknowledgement.Length == 0;
        if (!isOriginal && Wants(header.AcceptAcknowledgement, outcome))
        {
            return outcome switch
            {
                ReceiptOutcome.Accepted => AcknowledgementCode.CA,
                ReceiptOutcome.Error => AcknowledgementCode.CE,
                _ => AcknowledgementCode.CR,
            };
        }

        if (!isOriginal && !Wants(header.ApplicationAcknowledgement, outcome))
        {
            return null;
        }

        return outcome switch
        {
            ReceiptOutcome.Accepted => AcknowledgementCode.AA,
            ReceiptOutcome.Error => AcknowledgementCode.AE,
            _ => AcknowledgementCode.AR,
        };
    }

    /// <summary>The bytes of an acknowledgement, without frame characters.</summary>
    /// <param name="header">The header of the message that is answered.</param>
    /// <param name="code">MSA-1.</param>
    /// <param name="text">Plain words for MSA-3, without any value of the message; or null.</param>
    /// <param name="at">When it is sent; written with its offset.</param>
    /// <param name="controlId">The acknowledgement's own MSH-10.</param>
    /// <param name="error">What was wrong, for ERR; or null.</param>
    public static byte[] For(
        MessageHeader header,
        AcknowledgementCode code,
        string? text,
        DateTimeOffset at,
        string controlId,
        AcknowledgementError? error = null)
    {
        Delimiters separators = header.Delimiters;
        char field = separators.Field;
        char component = separators.Component;
        string version = header.Version.Length == 0 ? "2.4" : header.Version;
        string type = header.TriggerEvent.Length == 0 ? "ACK" : $"ACK{component}{Escapes.Encode(header.TriggerEvent, separators)}";
        type += string.CompareOrdinal(version, "2.3.1") >= 0 && header.TriggerEvent.Length > 0 ? $"{component}ACK" : "";

        StringBuilder ack = new(256);
        ack.Append("MSH").Append(field).Append(separators.EncodingCharacters)
            .Append(field).Append(header.ReceivingApplication).Append(field).Append(header.ReceivingFacility)
            .Append(field).Append(header.SendingApplication).Append(field).Append(header.SendingFacility)
            .Append(field).Append(at.ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal))
            .Append(field).Append(field).Append(type)
            .Append(field).Append(Escapes.Encode(controlId, separators))
            .Append(field).Append(header.ProcessingId.Length == 0 ? "P" : Escapes.Encode(header.ProcessingId, separators))
            .Append(field).Append(Escapes.Encode(version, separators));
        if (header.CharacterSet.Length > 0)
        {
            ack.Append(field, 6).Append(Escapes.Encode(header.CharacterSet, separators));
        }

        ack.Append("\rMSA").Append(field).Append(code).Append(field).Append(Escapes.Encode(header.ControlId, separators));
        if (text is not null)
        {
            ack.Append(field).Append(Escapes.Encode(text, separators));
        }

        ack.Append('\r');
        if (error is not null)
        {
            AppendError(ack, error, text, separators);
        }

        return header.Encoding.GetBytes(ack.ToString());
    }

    private static bool Wants(string condition, ReceiptOutcome outcome) => condition switch
    {
        "AL" => true,
        "SU" => outcome == ReceiptOutcome.Accepted,
        "ER" => outcome != ReceiptOutcome.Accepted,
        _ => false,
    };

    /// <summary>
    /// ERR as since version 2.5: the location in ERR-2, the condition in ERR-3, severity E in ERR-4, words for people in ERR-8.
    /// </summary>
    private static void AppendError(StringBuilder ack, AcknowledgementError error, string? text, Delimiters separators)
    {
        char field = separators.Field;
        char component = separators.Component;
        ack.Append("ERR").Append(field, 2);
        string[] path = (error.Path ?? "").Split('-');
        if (path is [{ Length: 3 } segment, { } number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int position))
        {
            ack.Append(segment).Append(component).Append('1').Append(component).Append(position);
        }

        ack.Append(field).Append(Escapes.Encode(error.Condition, separators)).Append(component, 2).Append("HL70357")
            .Append(field).Append('E');
        if (text is not null)
        {
            ack.Append(field, 4).Append(Escapes.Encode(text, separators));
        }

        ack.Append('\r');
    }
}
