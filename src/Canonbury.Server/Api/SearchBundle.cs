using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;

namespace Canonbury.Server.Api;

/// <summary>Writes bundles around stored bytes, so that answering parses nothing. https://hl7.org/fhir/R4/bundle.html#searchset</summary>
internal static class SearchBundle
{
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="next">The link of the next page; null on the last.</param>
    /// <param name="passedOver">What of the search was not understood, said in an entry of its own (search.html#errors).</param>
    public static ReadOnlyMemory<byte> Of(FhirCall call, SearchPage page, string self, string? next, IReadOnlyList<Issue> passedOver)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using Utf8JsonWriter json = new(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "searchset"u8);
        if (page.Total is { } total)
        {
            json.WriteNumber("total"u8, total);
        }

        json.WriteStartArray("link"u8);
        Link(json, "self", self);
        if (next is not null)
        {
            Link(json, "next", next);
        }

        json.WriteEndArray();
        if (page.Matches.Count + page.Included.Count + passedOver.Count > 0)
        {
            json.WriteStartArray("entry"u8);
            Entries(json, call, page.Matches, "match"u8);
            Entries(json, call, page.Included, "include"u8);
            if (passedOver.Count > 0)
            {
                Entry(json, null, FhirJson.ToUtf8(Outcomes.Of(passedOver)), "outcome"u8);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Entries(Utf8JsonWriter json, FhirCall call, IReadOnlyList<OwnResource> resources, ReadOnlySpan<byte> mode)
    {
        foreach (OwnResource found in resources)
        {
            Entry(json, $"{call.BaseUrl}/{found.Type}/{found.Id}", call.Shaping.Apply(PatientLinks.With(call, found).Json).Span, mode);
        }
    }

    private static void Entry(Utf8JsonWriter json, string? url, ReadOnlySpan<byte> resource, ReadOnlySpan<byte> mode)
    {
        json.WriteStartObject();
        if (url is not null)
        {
            json.WriteString("fullUrl"u8, url);
        }

        json.WritePropertyName("resource"u8);
        json.WriteRawValue(resource, skipInputValidation: true);
        json.WriteStartObject("search"u8);
        json.WriteString("mode"u8, mode);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Link(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation"u8, relation);
        json.WriteString("url"u8, url);
        json.WriteEndObject();
    }
}
