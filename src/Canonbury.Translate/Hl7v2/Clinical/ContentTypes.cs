using System.Collections.Frozen;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>The MIME type of a document: HL7 tables 0191 (type) and 0291 (subtype), checked against the first bytes.</summary>
internal static class ContentTypes
{
    private static readonly FrozenDictionary<string, string> Subtypes = new Dictionary<string, string>
    {
        ["PDF"] = "application/pdf",
        ["RTF"] = "application/rtf",
        ["JPEG"] = "image/jpeg",
        ["JPG"] = "image/jpeg",
        ["PNG"] = "image/png",
        ["GIF"] = "image/gif",
        ["TIFF"] = "image/tiff",
        ["TIF"] = "image/tiff",
        ["BMP"] = "image/bmp",
        ["HTML"] = "text/html",
        ["HTM"] = "text/html",
        ["XML"] = "text/xml",
        ["TXT"] = "text/plain",
        ["PLAIN"] = "text/plain",
        ["TEXT"] = "text/plain",
        ["FT"] = "text/plain",
        ["TX"] = "text/plain",
        ["DOC"] = "application/msword",
        ["DOCX"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ["DICOM"] = "application/dicom",
        ["X-HL7-CDA-LEVEL-ONE"] = "text/xml",
        ["OCTET-STREAM"] = "application/octet-stream",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Of(string? type, string? subtype, ReadOnlySpan<byte> bytes)
    {
        // What the bytes are counts for more than what the sender calls them: a PDF sent as text opens as a PDF.
        if (Sniff(bytes) is { } seen)
        {
            return seen;
        }

        foreach (string? name in new[] { subtype, type })
        {
            if (name is not null && Subtypes.TryGetValue(name, out string? known))
            {
                return known;
            }

            if (name is not null && IsMimeType(name))
            {
                return name.ToLowerInvariant();
            }
        }

        return string.Equals(type, "TEXT", StringComparison.OrdinalIgnoreCase) ? "text/plain" : "application/octet-stream";
    }

    private static string? Sniff(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) ? "application/pdf"
        : bytes.StartsWith(@"{\rtf"u8) ? "application/rtf"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
        : null;

    private static bool IsMimeType(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < name.Length - 1 && name.AsSpan().IndexOfAny(" \t^&") < 0;
    }
}
