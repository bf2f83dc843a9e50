using System.Buffers;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>What <see cref="MllpFraming"/> found next in the bytes of a connection.</summary>
public enum MllpFrame
{
    /// <summary>No whole frame yet.</summary>
    None,

    /// <summary>The content of one frame, between the start block and the end block.</summary>
    Message,

    /// <summary>A frame over the size limit has ended; what is handed out is its beginning, for the header.</summary>
    TooLarge,
}

/// <summary>
/// Cuts the bytes of one connection into frames: 0x0B, content, 0x1C, 0x0D (HL7 v2 Implementation Guide, appendix C: minimal lower
/// layer protocol). It holds the state between packets; how the bytes are cut into packets never changes what comes out.
/// </summary>
/// <remarks>
/// Tolerant where senders are known to differ: the carriage return after the end block may be missing; a vertical tab inside the text
/// is content, unless a message header follows it, which means that the sender gave up a frame and started again.
/// </remarks>
public sealed class MllpFraming(int maxMessageBytes)
{
    private const byte StartBlock = 0x0B;
    private const byte EndBlock = 0x1C;

    private readonly int headBytes = Math.Min(2048, maxMessageBytes);
    private State state = State.Between;
    private long examined;
    private byte[] head = [];

    private enum State
    {
        Between,
        InFrame,
        Skipping,
    }

    /// <summary>Bytes thrown away so far because they stood outside any frame (line ends are not counted).</summary>
    public long DiscardedBytes { get; private set; }

    /// <summary>Frames so far that a new start block cut off before their end.</summary>
    public long CutOff { get; private set; }

    /// <summary>True when a frame has begun and not ended.</summary>
    public bool InsideFrame => state != State.Between;

    /// <summary>Takes the next frame from the front of <paramref name="buffer"/>, which is moved past all that is no longer needed.</summary>
    public MllpFrame Read(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> content)
    {
        content = default;
        if (state == State.Between && !FindStart(ref buffer))
        {
            return MllpFrame.None;
        }

        return state == State.InFrame ? ReadFrame(ref buffer, out content) : Skip(ref buffer, out content);
    }

    private bool FindStart(ref ReadOnlySequence<byte> buffer)
    {
        SequencePosition? start = buffer.PositionOf(StartBlock);
        ReadOnlySequence<byte> before = start is { } at ? buffer.Slice(0, at) : buffer;
        foreach (ReadOnlyMemory<byte> part in before)
        {
            DiscardedBytes += part.Length - part.Span.Count((byte)'\r') - part.Span.Count((byte)'\n');
        }

        buffer = start is { } found ? buffer.Slice(buffer.GetPosition(1, found)) : buffer.Slice(buffer.End);
        if (start is null)
        {
            return false;
        }

        state = State.InFrame;
        examined = 0;
        return true;
    }

    private MllpFrame ReadFrame(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> content)
    {
        content = default;
        while (true)
        {
            Mark mark = NextMark(buffer, examined, out long at);
            bool tooLarge = at > maxMessageBytes;
            if (mark == Mark.None)
            {
                examined = at;
                if (tooLarge)
                {
                    head = buffer.Slice(0, headBytes).ToArray();
                    buffer = buffer.Slice(at);
                    state = State.Skipping;
                }

                return MllpFrame.None;
            }

            ReadOnlySequence<byte> frame = buffer.Slice(0, at);
            Leave(ref buffer, mark, at);
            if (tooLarge)
            {
                content = frame.Slice(0, headBytes);
                return MllpFrame.TooLarge;
            }

            if (mark == Mark.End)
            {
                content = frame;
                return MllpFrame.Message;
            }

            CutOff++;
        }
    }

    private MllpFrame Skip(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> content)
    {
        content = default;
        Mark mark = NextMark(buffer, 0, out long at);
        if (mark == Mark.None)
        {
            buffer = buffer.Slice(at);
            return MllpFrame.None;
        }

        Leave(ref buffer, mark, at);
        content = new ReadOnlySequence<byte>(head);
        head = [];
        return MllpFrame.TooLarge;
    }

    private void Leave(ref ReadOnlySequence<byte> buffer, Mark mark, long at)
    {
        buffer = buffer.Slice(at + 1);
        state = mark == Mark.Restart ? State.InFrame : State.Between;
        examined = 0;
    }

    private enum Mark
    {
        None,
        End,
        Restart,
    }

    /// <summary>Where the frame ends: <paramref name="at"/> is the mark, or, when there is none, how far the bytes are known to be content.</summary>
    private static Mark NextMark(in ReadOnlySequence<byte> buffer, long from, out long at)
    {
        SequenceReader<byte> reader = new(buffer);
        reader.Advance(from);
        while (reader.TryAdvanceToAny([StartBlock, EndBlock], advancePastDelimiter: false))
        {
            at = reader.Consumed;
            reader.TryRead(out byte mark);
            if (mark == EndBlock)
            {
                return Mark.End;
            }

            switch (HeaderFollows(reader))
            {
                case true:
                    return Mark.Restart;
                case null:
                    return Mark.None;
                case false:
                    break;
            }
        }

        at = buffer.Length;
        return Mark.None;
    }

    /// <summary>Null when too few bytes have arrived to tell.</summary>
    private static bool? HeaderFollows(SequenceReader<byte> reader)
    {
        Span<byte> next = stackalloc byte[3];
        int length = (int)Math.Min(next.Length, reader.Remaining);
        next = next[..length];
        reader.TryCopyTo(next);
        if ("MSH"u8.StartsWith(next) || "FHS"u8.StartsWith(next) || "BHS"u8.StartsWith(next))
        {
            return length == 3 ? true : null;
        }

        return false;
    }
}
