using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Canonbury.Borough.Bundles;

/// <summary>
/// Writes one FHIR R4 transaction bundle of PUTs as JSON, directly as bytes. Every entry keeps the id that its system gave it, so sending
/// the bundle twice has one effect (http.html#transaction).
/// </summary>
internal sealed class BundleWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> bytes = new(4096);
    private readonly Utf8JsonWriter json;
    private readonly string fullUrlBase;

    public BundleWriter(string fullUrlBase, string bundleId)
    {
        this.fullUrlBase = fullUrlBase;
        json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteStartObject("identifier");
        json.WriteString("system", $"{fullUrlBase}/bundle");
        json.WriteString("value", bundleId);
        json.WriteEndObject();
        json.WriteString("type", "transaction");
        json.WriteStartArray("entry");
    }

    /// <summary>One PUT; <paramref name="body"/> writes the elements after the id.</summary>
    public void Put(string type, string id, Action<ResourceJson> body)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", $"{fullUrlBase}/{type}/{id}");
        json.WriteStartObject("resource");
        json.WriteString("resourceType", type);
        json.WriteString("id", id);
        body(new ResourceJson(json));
        json.WriteEndObject();
        json.WriteStartObject("request");
        json.WriteString("method", "PUT");
        json.WriteString("url", $"{type}/{id}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Dispose() => json.Dispose();

    public byte[] ToBytes()
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
