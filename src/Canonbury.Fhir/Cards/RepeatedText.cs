using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Canonbury.Fhir.Cards;

/// <summary>
/// Makes one string of a text that cards repeat (a unit, a system, the name of a test), instead of one for each card: opening a long record then
/// allocates little. A text that falls on another's place takes it; which string is shared never shows.
/// </summary>
internal static class RepeatedText
{
    private const int Places = 1 << 13;
    private const int LongestBytes = 64;

    private static readonly Entry?[] Known = new Entry?[Places];

    /// <summary>The string on which the reader stands.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.HasValueSequence || text.Length > LongestBytes)
        {
            return reader.GetString();
        }

        ref Entry? place = ref Known[Hash(text) & (Places - 1)];
        Entry? entry = Volatile.Read(ref place);
        if (entry is not null && text.SequenceEqual(entry.Bytes))
        {
            return entry.Text;
        }

        string made = Encoding.UTF8.GetString(text);
        Volatile.Write(ref place, new Entry(text.ToArray(), made));
        return made;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = (ulong)text.Length * 0x9E3779B97F4A7C15;
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
        {
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * 0xC2B2AE3D27D4EB4F, 31);
        }

        foreach (byte one in text)
        {
            hash = (hash ^ one) * 0x100000001B3;
        }

        return (uint)((hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15 >> 32);
    }

    private sealed record Entry(byte[] Bytes, string Text);
}
