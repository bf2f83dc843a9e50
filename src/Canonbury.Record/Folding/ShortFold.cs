using System.Buffers.Binary;
using Canonbury.Fhir.Statements;

namespace Canonbury.Record.Folding;

/// <summary>
/// The state of a resource that was only ever stated as a whole, by a message of ours: nearly all that FHIR clients write. A letter, the ticks and the
/// message's id, 25 bytes, where the long form takes 67.
/// </summary>
internal static class ShortFold
{
    private const byte Stated = (byte)'W';
    private const byte Deleted = (byte)'D';
    private const int Length = 1 + sizeof(long) + 16;

    /// <summary>Null where the tie is no id in the form that we write.</summary>
    public static byte[]? Write(Stamp stamp, bool isDeletion)
    {
        if (!Guid.TryParseExact(stamp.Tie, "D", out Guid message) || message.ToString("D") != stamp.Tie)
        {
            return null;
        }

        byte[] bytes = new byte[Length];
        bytes[0] = isDeletion ? Deleted : Stated;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), stamp.At.UtcTicks);
        message.TryWriteBytes(bytes.AsSpan(1 + sizeof(long)), bigEndian: true, out _);
        return bytes;
    }

    /// <summary>Null where the bytes are the long form, which begins with a brace.</summary>
    public static (Stamp Stamp, bool IsDeletion)? Read(ReadOnlySpan<byte> bytes) => bytes is [Stated or Deleted, ..] && bytes.Length == Length
        ? (new Stamp(
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), TimeSpan.Zero), new Guid(bytes[(1 + sizeof(long))..], bigEndian: true).ToString("D")),
            bytes[0] == Deleted)
        : null;
}
