using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Canonbury.Fhir.Json;

/// <summary>The same JSON with lines and indentation, for people. https://hl7.org/fhir/R4/http.html#pretty</summary>
public static class PrettyJson
{
    private static readonly JsonWriterOptions Indented =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, Indented = true };

    /// <param name="json">Well-formed. Texts and numbers stay as they are written, digit for digit.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        ArrayBufferWriter<byte> buffer = new(2 * json.Length);
        using Utf8JsonWriter writer = new(buffer, Indented);
        Utf8JsonReader reader = new(json.Span, FhirJson.StoredLimits);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(reader.ValueSpan);
                    break;
                default:
                    writer.WriteRawValue(json.Span[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], skipInputValidation: true);
                    break;
            }
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }
}
