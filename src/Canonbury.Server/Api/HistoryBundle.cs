using System.Buffers;
using System.Text.Json;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>Writes a history around stored bytes, newest first. https://hl7.org/fhir/R4/http.html#history</summary>
internal static class HistoryBundle
{
    /// <param name="total">How many there are over all pages; null where nobody counted.</param>
    public static ReadOnlyMemory<byte> Of(FhirCall call, IReadOnlyList<OwnResource> versions, int? total, string self, string? next)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using Utf8JsonWriter json = new(buffer, SearchBundle.Compact);
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "history"u8);
        if (total is { } counted)
        {
            json.WriteNumber("total"u8, counted);
        }

        json.WriteStartArray("link"u8);
        Link(json, "self", self);
        if (next is not null)
        {
            Link(json, "next", next);
        }

        json.WriteEndArray();
        if (versions.Count > 0)
        {
            json.WriteStartArray("entry"u8);
            foreach (OwnResource version in versions)
            {
                Entry(json, call, version);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    // bdl-3 and bdl-4: every entry of a history has a request and a response; a deletion has no resource.
    private static void Entry(Utf8JsonWriter json, FhirCall call, OwnResource version)
    {
        bool byPost = version.Version == 1 && IsOurs(version.Id);
        json.WriteStartObject();
        json.WriteString("fullUrl"u8, $"{call.BaseUrl}/{version.Type}/{version.Id}");
        if (!version.Deleted)
        {
            json.WritePropertyName("resource"u8);
            json.WriteRawValue(call.Shaping.Apply(version.Json).Span, skipInputValidation: true);
        }

        json.WriteStartObject("request"u8);
        json.WriteString("method"u8, version.Deleted ? "DELETE" : byPost ? "POST" : "PUT");
        json.WriteString("url"u8, byPost ? version.Type : $"{version.Type}/{version.Id}");
        json.WriteEndObject();
        json.WriteStartObject("response"u8);
        json.WriteString("status"u8, version.Deleted ? "204" : version.Version == 1 ? "201" : "200");
        json.WriteString("etag"u8, EntityTag.Of(version.Version));
        json.WriteString("lastModified"u8, version.LastModified);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Ids that a create gave are UUIDs of version 7 (FhirCall.PushContext); a client that put a resource chose its own.
    private static bool IsOurs(string id) => Guid.TryParseExact(id, "D", out Guid given) && given.Version == 7;

    private static void Link(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation"u8, relation);
        json.WriteString("url"u8, url);
        json.WriteEndObject();
    }
}
