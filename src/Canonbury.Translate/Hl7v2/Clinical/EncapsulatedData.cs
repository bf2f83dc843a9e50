using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>A document inside a message: its bytes and what they are.</summary>
/// <param name="ContentType">A MIME type.</param>
/// <param name="Bytes">As the source made them; null for a pointer.</param>
/// <param name="Url">Where it is, for a pointer (RP).</param>
internal sealed record EncapsulatedData(string ContentType, byte[]? Bytes, string? Url)
{
    /// <summary>ED: source application, type, subtype, encoding, data (chapter 2A); null when it holds no data.</summary>
    public static EncapsulatedData? ReadEd(Repetition ed, Draft draft)
    {
        if (ed[5].WholeText is not { } data)
        {
            return null;
        }

        string encoding = ed[4].Text ?? "";
        byte[]? bytes = Decode(data, encoding);
        if (bytes is null)
        {
            draft.Report(
                ed.Path + ".5", "data-undecodable", "The document is not in the encoding that it names; its characters were kept.");
            return new EncapsulatedData("text/plain", Encoding.UTF8.GetBytes(data), null);
        }

        return new EncapsulatedData(ContentTypes.Of(ed[2].Text, ed[3].Text, bytes), bytes, null);
    }

    /// <summary>RP: a pointer, its application, type and subtype (chapter 2A); only an absolute URL can be followed.</summary>
    public static EncapsulatedData? ReadRp(Repetition rp, Draft draft)
    {
        string? pointer = rp[1].Text;
        if (pointer is null)
        {
            return null;
        }

        if (!Uri.TryCreate(pointer, UriKind.Absolute, out Uri? url) || url.IsFile)
        {
            draft.Report(rp.Path, "pointer-not-absolute", "The document is a pointer that only its source can follow.");
            url = null;
        }

        return new EncapsulatedData(ContentTypes.Of(rp[3].Text, rp[4].Text, []), null, url?.AbsoluteUri);
    }

    private static byte[]? Decode(string data, string encoding)
    {
        switch (encoding.ToUpperInvariant())
        {
            case "A":
                return Encoding.UTF8.GetBytes(data);
            case "HEX":
                byte[] bytes = new byte[data.Length / 2];
                OperationStatus status = Convert.FromHexString(data, bytes, out _, out int written);
                return status == OperationStatus.Done && written == bytes.Length ? bytes : null;
            default:
                byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(data.Length) + 3];
                if (Convert.TryFromBase64String(data, decoded, out int length))
                {
                    return decoded[..length];
                }

                // No encoding named and not base64: then it is text.
                return encoding.Length == 0 ? Encoding.UTF8.GetBytes(data) : null;
        }
    }
}
