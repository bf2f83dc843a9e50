using System.Text.Json;

namespace Canonbury.Fhir.Json;

/// <summary>Finds in a resource's JSON what its <c>meta</c> says, without parsing the resource.</summary>
public static class MetaJson
{
    /// <summary><c>meta.lastUpdated</c> of a stored resource; null where it says none.</summary>
    public static DateTimeOffset? LastUpdated(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, FhirJson.StoredLimits);
        return reader.Read() && MoveTo(ref reader, "meta"u8) && reader.TokenType == JsonTokenType.StartObject
            && MoveTo(ref reader, "lastUpdated"u8) && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset updated)
                ? updated
                : null;
    }

    /// <summary>The value of <c>meta</c> as it stands; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        Utf8JsonReader reader = new(json.Span, FhirJson.StoredLimits);
        if (!reader.Read() || !MoveTo(ref reader, "meta"u8))
        {
            return default;
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>Moves from the start of an object to the value of one of its properties.</summary>
    private static bool MoveTo(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
