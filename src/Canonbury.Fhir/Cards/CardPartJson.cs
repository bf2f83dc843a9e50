using System.Text.Json;

namespace Canonbury.Fhir.Cards;

/// <summary>The stored form of a card's parts: an array of objects with the letters that <see cref="CardJson"/> has for one value.</summary>
internal static class CardPartJson
{
    public static void Write(Utf8JsonWriter writer, CardParts parts)
    {
        writer.WriteStartArray();
        foreach (CardPart part in parts)
        {
            writer.WriteStartObject();
            writer.WriteString("t"u8, part.Title);
            CardJson.Number(writer, "n"u8, part.Value);
            CardJson.Text(writer, "m"u8, part.Comparator);
            CardJson.Text(writer, "u"u8, part.Unit);
            CardJson.Text(writer, "U"u8, part.UnitCode);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads the array on whose first token the reader stands.</summary>
    public static CardParts Read(ref Utf8JsonReader reader)
    {
        List<CardPart> parts = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            parts.Add(One(ref reader));
        }

        return new CardParts(parts);
    }

    private static CardPart One(ref Utf8JsonReader reader)
    {
        CardPart part = new("", 0, null, null, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            byte letter = reader.ValueSpan is [byte only] ? only : (byte)0;
            reader.Read();
            switch (letter)
            {
                case (byte)'t': part = part with { Title = reader.GetString() ?? "" }; break;
                case (byte)'n': part = part with { Value = reader.GetDecimal() }; break;
                case (byte)'m': part = part with { Comparator = reader.GetString() }; break;
                case (byte)'u': part = part with { Unit = reader.GetString() }; break;
                case (byte)'U': part = part with { UnitCode = reader.GetString() }; break;
                default: reader.Skip(); break;
            }
        }

        return part;
    }
}
