using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>The characters of a message: its bytes, read in the character set that MSH-18 states (HL7 table 0211).</summary>
/// <param name="Text">Without byte-order mark and frame characters, and without characters that FHIR forbids.</param>
/// <param name="Encoding">What the bytes were read with.</param>
/// <param name="Finding">What was wrong with the character set, or null.</param>
public sealed record MessageText(string Text, Encoding Encoding, Finding? Finding)
{
    /// <summary>Characters that neither FHIR strings nor XML can hold; they are shown as U+FFFD.</summary>
    internal static readonly SearchValues<char> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n', '\r']), '\u007F', '\uFFFE',
            '\uFFFF']);

    /// <summary>
    /// Bytes that ISO 8859-1 gives no character: a sender that uses them means Windows-1252 (curly quotes, dashes, the euro).
    /// </summary>
    private static readonly SearchValues<byte> HighControls =
        SearchValues.Create([.. Enumerable.Range(0x80, 32).Select(code => (byte)code)]);

    /// <summary>True for UTF-16 by byte-order mark or by the NUL beside the first letter: allowed in files, refused over MLLP.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)
            || (bytes[0] == 0 && bytes[1] != 0) || (bytes[0] != 0 && bytes[1] == 0));

    /// <summary>Reads the bytes of one message, or of a part that begins with its MSH.</summary>
    public static MessageText Decode(ReadOnlySpan<byte> bytes)
    {
        if (IsUtf16(bytes))
        {
            return Make(bytes, Utf16(bytes), null);
        }

        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (Ascii.IsValid(bytes))
        {
            // \X..\ may still hold the character set that MSH-18 states.
            return Make(bytes, NamedCharacterSets.Find(DeclaredName(bytes)) ?? Encoding.UTF8, null);
        }

        string declared = DeclaredName(bytes);
        Encoding? named = NamedCharacterSets.Find(declared);
        bool isUtf8 = Utf8.IsValid(bytes);
        if (named is UTF8Encoding && isUtf8)
        {
            return Make(bytes, Encoding.UTF8, null);
        }

        if (named is not (null or UTF8Encoding or ASCIIEncoding))
        {
            return ReferenceEquals(named, Encoding.Latin1) ? Latin1(bytes, null) : Make(bytes, named, null);
        }

        string words = declared.Length == 0
            ? "MSH-18 names no character set and the message is not ASCII"
            : named is null ? "MSH-18 names a character set that is not known" : "the bytes are not in the character set that MSH-18 names";
        Finding finding = new("MSH-18", declared.Length == 0 ? "charset-missing" : named is null ? "charset-unknown" : "charset-mismatch",
            $"{words}; read as {(isUtf8 ? "UTF-8" : "ISO 8859-1")}.");
        if (isUtf8)
        {
            // The common case, a sender of UTF-8 that says nothing, is not worth a finding.
            return Make(bytes, Encoding.UTF8, declared.Length == 0 ? null : finding);
        }

        return Latin1(bytes, finding);
    }

    /// <summary>MSH-18, its first repetition, without decoding anything else; empty when absent.</summary>
    internal static string DeclaredName(ReadOnlySpan<byte> bytes)
    {
        int start = bytes.IndexOf("MSH"u8);
        if (start < 0 || bytes.Length < start + 5)
        {
            return string.Empty;
        }

        ReadOnlySpan<byte> header = bytes[start..];
        int end = header.IndexOfAny((byte)'\r', (byte)'\n');
        header = end < 0 ? header : header[..end];
        byte separator = header.Length > 3 ? header[3] : (byte)'|';
        for (int field = 1; field < 18; field++)
        {
            int next = header.IndexOf(separator);
            if (next < 0)
            {
                return string.Empty;
            }

            header = header[(next + 1)..];
        }

        int close = header.IndexOfAny(separator, (byte)'~', (byte)'^');
        return Encoding.Latin1.GetString(close < 0 ? header : header[..close]).Trim();
    }

    private static MessageText Latin1(ReadOnlySpan<byte> bytes, Finding? finding) => bytes.ContainsAny(HighControls)
        ? Make(bytes, NamedCharacterSets.Windows1252, finding ?? new Finding("MSH-18", "charset-windows-1252",
            "The message uses bytes that ISO 8859-1 does not have; read as Windows-1252."))
        : Make(bytes, Encoding.Latin1, finding);

    private static Encoding Utf16(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0 || (bytes[0] == 0xFE && bytes[1] == 0xFF) ? Encoding.BigEndianUnicode : Encoding.Unicode;

    private static MessageText Make(ReadOnlySpan<byte> bytes, Encoding encoding, Finding? finding)
    {
        string text = encoding.GetString(bytes);
        text = text.Length > 0 && text[0] is '\uFEFF' or '\u000B' ? text[1..] : text;
        text = text.TrimEnd('\u001C');
        if (text.EndsWith("\u001C\r", StringComparison.Ordinal) || text.EndsWith("\u001C\n", StringComparison.Ordinal))
        {
            text = text[..^2];
        }

        int bad = text.AsSpan().IndexOfAny(Forbidden);
        return bad < 0
            ? new MessageText(text, encoding, finding)
            : new MessageText(Cleaned(text), encoding, finding ?? new Finding("MSH", "control-character",
                "The message holds control characters; they are shown as U+FFFD."));
    }

    private static string Cleaned(string text) => string.Create(text.Length, text, (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Forbidden.Contains(source[i]) ? '\uFFFD' : source[i];
        }
    });
}
