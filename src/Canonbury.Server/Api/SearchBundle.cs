using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Api;

/// <summary>Writes bundles around stored bytes, so that answering parses nothing. https://hl7.org/fhir/R4/bundle.html</summary>
internal static class SearchBundle
{
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(string baseUrl, string self, string? next, IReadOnlyList<OwnResource> page)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using Utf8JsonWriter json = new(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "searchset"u8);
        json.WriteStartArray("link"u8);
        Link(json, "self", self);
        if (next is not null)
        {
            Link(json, "next", next);
        }

        json.WriteEndArray();
        if (page.Count > 0)
        {
            json.WriteStartArray("entry"u8);
            foreach (OwnResource found in page)
            {
                json.WriteStartObject();
                json.WriteString("fullUrl"u8, $"{baseUrl}/{found.Type}/{found.Id}");
                json.WritePropertyName("resource"u8);
                json.WriteRawValue(found.Json.Span, skipInputValidation: true);
                json.WriteStartObject("search"u8);
                json.WriteString("mode"u8, "match"u8);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Link(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation"u8, relation);
        json.WriteString("url"u8, url);
        json.WriteEndObject();
    }
}
