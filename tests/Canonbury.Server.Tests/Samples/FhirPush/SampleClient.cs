using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Canonbury.Fhir.Json;
using Canonbury.TestData.Samples;

namespace Canonbury.Server.Tests.Samples.FhirPush;

/// <summary>What the server answered.</summary>
internal sealed record Answered(HttpStatusCode Status, string? Location, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>A client of the FHIR API that knows of a resource only what its bytes say.</summary>
internal sealed class SampleClient(HttpClient http, string token)
{
    /// <summary>Sends a sample as a system would: bundles of requests to the base, what has an id by update, the rest by create.</summary>
    public Task<Answered> PushAsync(FhirSample sample)
    {
        (string? type, string? id, string? bundle) = sample.Format == WireFormat.Xml ? HeadOfXml(sample.Body) : HeadOfJson(sample.Body);
        (HttpMethod method, string path) = (type, id, bundle) switch
        {
            (null, _, _) or ("Bundle", _, "transaction" or "batch") => (HttpMethod.Post, ""),
            (_, null, _) => (HttpMethod.Post, "/" + Uri.EscapeDataString(type)),
            _ => (HttpMethod.Put, $"/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(id)}"),
        };
        return SendAsync(method, "/fhir" + path, sample.Body, sample.Format);
    }

    /// <summary>Reads what stands at a location that the server gave.</summary>
    public Task<Answered> ReadAsync(string location, WireFormat format) =>
        SendAsync(HttpMethod.Get, new Uri(location).AbsolutePath, null, format);

    private async Task<Answered> SendAsync(HttpMethod method, string path, byte[]? body, WireFormat format)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(format == WireFormat.Xml ? "application/fhir+xml" : "application/fhir+json");
        }
        else if (format == WireFormat.Xml)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+xml"));
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        return new Answered(response.StatusCode, response.Headers.Location?.ToString(), await response.Content.ReadAsByteArrayAsync());
    }

    private static (string? Type, string? Id, string? Bundle) HeadOfJson(byte[] body)
    {
        try
        {
            ReadOnlySpan<byte> text = body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsSpan(3) : body;
            return JsonNode.Parse(text) is JsonObject resource
                ? (Text(resource, "resourceType"), Text(resource, "id"), Text(resource, "type"))
                : (null, null, null);
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            return (null, null, null);
        }
    }

    private static string? Text(JsonObject resource, string name) =>
        resource[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static (string? Type, string? Id, string? Bundle) HeadOfXml(byte[] body)
    {
        try
        {
            XElement root = XElement.Parse(Encoding.UTF8.GetString(body).TrimStart('\uFEFF'));
            string? Value(string name) => root.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Attribute("value")?.Value;
            return (root.Name.LocalName, Value("id"), Value("type"));
        }
        catch (XmlException)
        {
            return (null, null, null);
        }
    }
}
