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
        Moment? sent = Moment.Read(draft.Message.Header[7].First, draft);
        DateTimeOffset at = Instant(evn[2], sent, draft) ?? Instant(evn[6], sent, draft) ?? sent?.Start ?? draft.Context.ReceivedAt;
        return new Stamp(at, $"{draft.Header.MessageTime}|{draft.Header.ControlId}|{Digest(draft.Message.Text)}");
    }

    /// <summary>A date alone would put the message before all others of its day: the time at which it was sent on that day says more.</summary>
    private static DateTimeOffset? Instant(Field field, Moment? sent, Draft draft) => Moment.Read(field.First, draft) is not { } moment ? null
        : moment.Precision == TimePrecision.Day && sent is { Precision: > TimePrecision.Day } exact && exact.Start.Date == moment.Start.Date ? exact.Start
        : moment.Start;

    private static string Digest(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..6]);
    }
}
