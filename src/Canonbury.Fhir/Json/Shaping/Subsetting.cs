using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Canonbury.Fhir.Json.Shaping;

/// <summary>Cuts the JSON of a resource by walking its bytes: what stays is copied as it stands, no resource is parsed.</summary>
internal static class Subsetting
{
    /// <summary>Longer than the name of any element of R4.</summary>
    private const int LongestName = 128;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Apply(Shape shape, ReadOnlyMemory<byte> json)
    {
        ArrayBufferWriter<byte> buffer = new(json.Length + 256);
        using Utf8JsonWriter writer = new(buffer, Compact);
        Utf8JsonReader reader = new(json.Span, FhirJson.StoredLimits);
        reader.Read();
        Resource(shape, json.Span, ref reader, writer, isRoot: true);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Writes the resource at whose opening brace the reader stands, and leaves the reader at its end.</summary>
    private static void Resource(Shape shape, ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter writer, bool isRoot)
    {
        string type = TypeOf(reader);
        ElementTable? table = ElementTable.Of(type);
        bool marked = !isRoot;
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMeta = reader.ValueTextEquals("meta"u8);
            if (isRoot && isMeta)
            {
                marked = true;
                reader.Read();
                SubsettedTag.WriteMeta(json, ref reader, writer);
                continue;
            }

            // An R4 resource has nothing that the table does not know but resourceType.
            ElementFacts? element = table is null ? null : Find(table, reader.ValueSpan);
            if (element is not null && !shape.Keeps(type, element))
            {
                reader.Skip();
                continue;
            }

            if (!marked && !reader.ValueTextEquals("resourceType"u8) && !reader.ValueTextEquals("id"u8))
            {
                marked = true;
                SubsettedTag.WriteNewMeta(writer);
            }

            writer.WritePropertyName(reader.ValueSpan);
            reader.Read();
            Value(shape, json, ref reader, writer, element);
        }

        if (!marked)
        {
            SubsettedTag.WriteNewMeta(writer);
        }

        writer.WriteEndObject();
    }

    private static void Value(Shape shape, ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter writer, ElementFacts? element)
    {
        // Only a summary cuts below the root.
        if (shape.Part != Part.Summary || element?.Type is not { } type)
        {
            Raw(json, ref reader, writer);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            writer.WriteStartArray();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Value(shape, json, ref reader, writer, element);
            }

            writer.WriteEndArray();
        }
        else if (reader.TokenType != JsonTokenType.StartObject)
        {
            Raw(json, ref reader, writer);
        }
        else if (type.IsResource)
        {
            Resource(shape, json, ref reader, writer, isRoot: false);
        }
        else
        {
            Element(shape, json, ref reader, writer, ElementTable.Of(type));
        }
    }

    private static void Element(Shape shape, ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter writer, ElementTable table)
    {
        // An element of which only an extension is told would be left empty, which is no FHIR (json.html#null).
        if (!KeepsAny(reader, table))
        {
            Raw(json, ref reader, writer);
            return;
        }

        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ElementFacts? inner = Find(table, reader.ValueSpan);
            if (inner is { InSummary: false, IsMandatory: false })
            {
                reader.Skip();
                continue;
            }

            writer.WritePropertyName(reader.ValueSpan);
            reader.Read();
            Value(shape, json, ref reader, writer, inner);
        }

        writer.WriteEndObject();
    }

    private static bool KeepsAny(Utf8JsonReader reader, ElementTable table)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Find(table, reader.ValueSpan) is not { InSummary: false, IsMandatory: false })
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Copies the value at which the reader stands.</summary>
    internal static void Raw(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
    }

    private static ElementFacts? Find(ElementTable table, ReadOnlySpan<byte> name)
    {
        Span<char> characters = stackalloc char[LongestName];
        return name.Length <= LongestName && System.Text.Encoding.UTF8.TryGetChars(name, characters, out int length) ? table.Find(characters[..length]) : null;
    }

    // The reader is a copy: looking ahead moves nothing.
    private static string TypeOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("resourceType"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            }

            reader.Skip();
        }

        return "";
    }
}
