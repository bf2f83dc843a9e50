using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Canonbury.Server.Web.Json;

namespace Canonbury.Server.Web.Pages.Shared.Record.Documents;

/// <summary>How a document is shown in its place.</summary>
public enum AttachmentKind
{
    Text,
    Image,
    Pdf,

    /// <summary>Offered as a file; nothing of it is rendered.</summary>
    Download,

    /// <summary>The source sent a pointer without content.</summary>
    Elsewhere,

    /// <summary>The source announced content, which has not arrived.</summary>
    Missing,
}

/// <summary>One attachment of a resource, ready to show or to serve.</summary>
/// <param name="Index">Its place in the resource, from 0.</param>
/// <param name="Text">Its text, for the kind that is shown as text; the page escapes it.</param>
/// <param name="Bytes">Its content; empty where the source sent none.</param>
/// <param name="ContentType">As served: the source's own only for images and PDF, else one that a browser does not render.</param>
public sealed record AttachmentView(
    int Index, string Title, AttachmentKind Kind, string? Text, ReadOnlyMemory<byte> Bytes, string ContentType, string? Address)
{
    private static readonly string[] Images = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    private const string Pointer = "Binary/";

    /// <summary>The id of the <c>Binary</c> that has the content; null where the content is in the resource itself, or outside.</summary>
    public string? BinaryId => Kind == AttachmentKind.Missing ? Address?[Pointer.Length..].Split('/')[0] : null;

    /// <summary>
    /// The attachments of DocumentReference, DiagnosticReport, Media, Observation and their kin, in the order of the resource.
    /// </summary>
    /// <param name="name">What an attachment without a title is called.</param>
    public static IReadOnlyList<AttachmentView> Of(JsonElement resource, string name)
    {
        IEnumerable<JsonElement> found = resource.Text("resourceType") switch
        {
            "DocumentReference" => resource.List("content").Select(content => content.Child("attachment")).OfType<JsonElement>(),
            "DiagnosticReport" => resource.List("presentedForm"),
            "Media" => resource.Child("content") is { } content ? [content] : [],
            "Binary" => [resource],
            "Observation" => Values(resource),
            _ => [],
        };
        JsonElement[] all = [.. found];
        return [.. all.Select((attachment, index) => Of(attachment, index, all.Length == 1 ? name : $"{name} ({index + 1} of {all.Length})"))];
    }

    /// <summary>The same attachment with the content that its <c>Binary</c> has.</summary>
    public AttachmentView With(JsonElement binary) => Of(binary, Index, Title);

    private static IEnumerable<JsonElement> Values(JsonElement observation) =>
        observation.List("extension")
            .Select(extension => extension.Child("valueAttachment"))
            .Append(observation.Child("valueAttachment"))
            .OfType<JsonElement>();

    private static AttachmentView Of(JsonElement attachment, int index, string name)
    {
        string sentType = (attachment.Text("contentType") ?? "").Split(';')[0].Trim().ToLowerInvariant();
        string title = attachment.Text("title") ?? name;
        byte[] bytes = Decode(attachment.Text("data"));
        if (bytes.Length == 0)
        {
            string? address = attachment.Text("url");
            bool isOurs = address?.StartsWith(Pointer, StringComparison.Ordinal) == true && address.Length > Pointer.Length;
            AttachmentKind kind = isOurs || address is null ? AttachmentKind.Missing : AttachmentKind.Elsewhere;
            return new AttachmentView(index, title, kind, null, bytes, MediaTypeNames.Application.Octet, address);
        }

        return sentType switch
        {
            MediaTypeNames.Text.Plain or "" when LooksLikeText(bytes) => Plain(Encoding.UTF8.GetString(bytes)),
            MediaTypeNames.Text.Html or "application/xhtml+xml" => Plain(MarkupText.Of(Encoding.UTF8.GetString(bytes))),
            MediaTypeNames.Text.Xml or MediaTypeNames.Application.Xml or "application/hl7-v3+xml" =>
                Plain(MarkupText.Of(Encoding.UTF8.GetString(bytes))),
            MediaTypeNames.Application.Pdf when bytes.AsSpan().StartsWith("%PDF-"u8) =>
                new(index, title, AttachmentKind.Pdf, null, bytes, sentType, null),
            _ when Images.Contains(sentType) => new(index, title, AttachmentKind.Image, null, bytes, sentType, null),
            _ => new(index, title, AttachmentKind.Download, null, bytes, MediaTypeNames.Application.Octet, null),
        };

        AttachmentView Plain(string text) => new(index, title, AttachmentKind.Text, text, bytes, "text/plain; charset=utf-8", null);
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes) => !bytes[..Math.Min(bytes.Length, 1024)].Contains((byte)0);

    private static byte[] Decode(string? data)
    {
        byte[] bytes = new byte[(data?.Length ?? 0) * 3 / 4];
        return data is not null && Convert.TryFromBase64String(data, bytes, out int length) ? bytes[..length] : [];
    }
}
