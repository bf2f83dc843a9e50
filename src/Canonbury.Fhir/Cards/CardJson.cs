using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Canonbury.Fhir.Cards;

/// <summary>
/// The stored form of a card: one JSON object in UTF-8 with one-letter names, absent values left out. Opening a record reads thousands of
/// these, so both ways are written by hand. A letter never changes its meaning; an unknown letter is skipped.
/// </summary>
public static class CardJson
{
    private static readonly JsonWriterOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(Card card)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter writer = new(buffer, Compact))
        {
            writer.WriteStartObject();
            writer.WriteNumber("s"u8, (int)card.Section);
            writer.WriteString("t"u8, card.Title);
            Text(writer, "y"u8, card.System);
            Text(writer, "c"u8, card.Code);
            Text(writer, "o"u8, card.OriginalText);
            Text(writer, "k"u8, card.Status);
            Text(writer, "v"u8, card.Verification);
            Text(writer, "w"u8, card.When);
            Text(writer, "e"u8, card.Until);
            Text(writer, "r"u8, card.Recorded);
            Text(writer, "a"u8, card.Author);
            Text(writer, "p"u8, card.Place);
            Number(writer, "n"u8, card.Value);
            Text(writer, "m"u8, card.Comparator);
            Text(writer, "u"u8, card.Unit);
            Text(writer, "U"u8, card.UnitCode);
            if (card.Parts.Count > 0)
            {
                writer.WritePropertyName("q"u8);
                CardPartJson.Write(writer, card.Parts);
            }

            Text(writer, "x"u8, card.Text);
            Number(writer, "l"u8, card.Low);
            Number(writer, "h"u8, card.High);
            Text(writer, "R"u8, card.RangeText);
            Text(writer, "i"u8, card.Interpretation);
            Text(writer, "S"u8, card.Severity);
            Text(writer, "b"u8, card.PartOf);
            Text(writer, "z"u8, card.Replaces);
            Text(writer, "g"u8, card.Group);
            if (card.Withdrawn)
            {
                writer.WriteNumber("d"u8, 1);
            }

            Text(writer, "f"u8, card.SearchText);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; throws <see cref="JsonException"/> on anything else.</summary>
    public static Card Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        CardFields fields = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            byte letter = reader.ValueSpan is [byte only] ? only : (byte)0;
            reader.Read();
            fields.Take(letter, ref reader);
        }

        return fields.ToCard();
    }

    internal static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    internal static void Number(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
