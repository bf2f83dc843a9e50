using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Canonbury.Borough.Sending;

/// <summary>The frame of MLLP release 1: VT, the message, FS, CR.</summary>
internal static class MllpFrame
{
    private const byte Start = 0x0B;
    private const byte End = 0x1C;
    private const byte CarriageReturn = 0x0D;

    public static void Write(IBufferWriter<byte> writer, ReadOnlySpan<byte> message)
    {
        Span<byte> space = writer.GetSpan(message.Length + 3);
        space[0] = Start;
        message.CopyTo(space[1..]);
        space[message.Length + 1] = End;
        space[message.Length + 2] = CarriageReturn;
        writer.Advance(message.Length + 3);
    }

    /// <summary>Takes one frame off the front; what stands before its start byte is noise and is dropped.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, [NotNullWhen(true)] out byte[]? message)
    {
        message = null;
        SequenceReader<byte> reader = new(buffer);
        if (!reader.TryAdvanceTo(Start) || !reader.TryReadTo(out ReadOnlySequence<byte> content, End) || !reader.IsNext(CarriageReturn, advancePast: true))
        {
            return false;
        }

        message = content.ToArray();
        buffer = buffer.Slice(reader.Position);
        return true;
    }
}
