using System.Security.Cryptography;
using System.Text;
using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2;

/// <summary>
/// When the source said what the message says: EVN-2 (recorded), else EVN-6 (occurred), else MSH-7, else when we received it.
/// Ties are broken by MSH-7, MSH-10 and a digest of the text, so that the order never depends on arrival.
/// </summary>
internal static class MessageStamp
{
    public static Stamp Of(Draft draft)
    {
        Segment evn = draft.Message.First("EVN");
        DateTimeOffset at = Instant(evn[2], draft) ?? Instant(evn[6], draft) ?? Instant(draft.Message.Header[7], draft)
            ?? draft.Context.ReceivedAt;
        return new Stamp(at, $"{draft.Header.MessageTime}|{draft.Header.ControlId}|{Digest(draft.Message.Text)}");
    }

    private static DateTimeOffset? Instant(Field field, Draft draft) => Moment.Read(field.First, draft)?.Start;

    private static string Digest(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..6]);
    }
}
