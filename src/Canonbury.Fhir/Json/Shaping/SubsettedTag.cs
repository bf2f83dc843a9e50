using System.Text.Json;

namespace Canonbury.Fhir.Json.Shaping;

/// <summary>The tag that keeps a client from writing a part back as the whole. https://hl7.org/fhir/R4/search.html#summary</summary>
internal static class SubsettedTag
{
    private static readonly byte[] Coding =
        """{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED","display":"subsetted"}"""u8.ToArray();

    public static void WriteNewMeta(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("meta"u8);
        WriteNewTags(writer);
        writer.WriteEndObject();
    }

    /// <summary>Copies the meta at which the reader stands, with the tag besides its own.</summary>
    public static void WriteMeta(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        bool marked = false;
        writer.WriteStartObject("meta"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTag = reader.ValueTextEquals("tag"u8);
            writer.WritePropertyName(reader.ValueSpan);
            reader.Read();
            if (!isTag)
            {
                Subsetting.Raw(json, ref reader, writer);
                continue;
            }

            marked = true;
            writer.WriteStartArray();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Subsetting.Raw(json, ref reader, writer);
            }

            writer.WriteRawValue(Coding, skipInputValidation: true);
            writer.WriteEndArray();
        }

        if (!marked)
        {
            WriteNewTags(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteNewTags(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("tag"u8);
        writer.WriteRawValue(Coding, skipInputValidation: true);
        writer.WriteEndArray();
    }
}
