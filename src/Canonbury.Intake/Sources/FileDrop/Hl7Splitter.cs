using System.Buffers;
using System.Globalization;
using Canonbury.Translate;

namespace Canonbury.Intake.Sources.FileDrop;

/// <summary>
/// Cuts the bytes of a file into messages as they are read, holding one message at a time: one message, several one after another, or a
/// batch (HL7 v2 chapter 2, "Batch protocol": FHS, BHS, BTS, FTS). It gives what <c>Hl7File.Split</c> gives for the whole file.
/// </summary>
internal sealed class Hl7Splitter(int maxMessageBytes)
{
    private const int MaxTrailer = 256;

    private static readonly SearchValues<byte> Between = SearchValues.Create("\r\n\u000B\u001C\0"u8);

    private readonly ArrayBufferWriter<byte> message = new();
    private readonly ArrayBufferWriter<byte> trailer = new();
    private readonly byte[] begin = new byte[4];
    private int begun;
    private Line line = Line.Start;
    private bool isOpen;
    private bool isTooLarge;
    private bool hasOrphans;
    private bool hasTooLarge;
    private int inBatch;
    private int batches;

    private enum Line
    {
        Start,
        Content,
        Trailer,
    }

    /// <summary>Whole messages, to be taken out after each call.</summary>
    public Queue<byte[]> Messages { get; } = new();

    /// <summary>Messages cut so far.</summary>
    public long Count { get; private set; }

    /// <summary>Counts that do not agree with a trailer, lines outside messages, messages over the limit; complete after <see cref="End"/>.</summary>
    public List<Finding> Findings { get; } = [];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = line == Line.Start ? StartLine(bytes) : ContinueLine(bytes);
        }
    }

    /// <summary>The file has ended.</summary>
    public void End()
    {
        if (line == Line.Start && begun > 0)
        {
            Classify();
        }

        EndLine();
        Close();
        Report(Count == 0, "MSH", "file-without-message", "The file holds no MSH segment.");
        Report(hasOrphans, "MSH", "line-outside-message", "The file holds lines that belong to no message; they were left out.");
        Report(hasTooLarge, "MSH", "message-too-large", $"The file holds a message larger than {maxMessageBytes} bytes, which was left out.");
    }

    private ReadOnlySpan<byte> StartLine(ReadOnlySpan<byte> bytes)
    {
        if (begun == 0)
        {
            int blank = bytes.IndexOfAnyExcept(Between) is var at and >= 0 ? at : bytes.Length;
            Keep(bytes[..blank]);
            bytes = bytes[blank..];
        }

        while (!bytes.IsEmpty && begun < begin.Length && bytes[0] is not ((byte)'\r' or (byte)'\n'))
        {
            begin[begun++] = bytes[0];
            bytes = bytes[1..];
        }

        if (begun == begin.Length || !bytes.IsEmpty)
        {
            Classify();
        }

        return bytes;
    }

    private ReadOnlySpan<byte> ContinueLine(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..end];
        Take(part);
        if (end >= 0)
        {
            EndLine();
        }

        return bytes[part.Length..];
    }

    private void Classify()
    {
        ReadOnlySpan<byte> start = begin.AsSpan(0, begun);
        line = Line.Content;
        if (IsHeader(start, "MSH"u8))
        {
            Close();
            isOpen = true;
            inBatch++;
        }
        else if (IsHeader(start, "FHS"u8) || IsHeader(start, "BHS"u8))
        {
            Close();
            batches += start[0] == 'B' ? 1 : 0;
            inBatch = 0;
        }
        else if (IsHeader(start, "BTS"u8) || IsHeader(start, "FTS"u8))
        {
            Close();
            line = Line.Trailer;
            trailer.ResetWrittenCount();
        }

        bool isEnvelope = !isOpen && (line == Line.Trailer || IsHeader(start, "FHS"u8) || IsHeader(start, "BHS"u8));
        hasOrphans |= !isOpen && !isEnvelope && start.ContainsAnyExcept((byte)' ', (byte)'\t');
        Take(start);
        begun = 0;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (line == Line.Trailer)
        {
            trailer.Write(bytes[..Math.Min(bytes.Length, MaxTrailer - Math.Min(MaxTrailer, trailer.WrittenCount))]);
        }
        else
        {
            Keep(bytes);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (!isOpen || isTooLarge)
        {
            return;
        }

        isTooLarge = message.WrittenCount + bytes.Length > maxMessageBytes;
        if (!isTooLarge)
        {
            message.Write(bytes);
        }
    }

    private void EndLine()
    {
        if (line == Line.Trailer)
        {
            bool isBatch = trailer.WrittenSpan[0] == 'B';
            Check(trailer.WrittenSpan, isBatch ? inBatch : batches, isBatch ? "BTS-1" : "FTS-1", isBatch ? "messages" : "batches");
            inBatch = isBatch ? 0 : inBatch;
        }

        line = Line.Start;
    }

    private void Close()
    {
        if (isOpen)
        {
            Count++;
            hasTooLarge |= isTooLarge;
            if (!isTooLarge)
            {
                ReadOnlySpan<byte> whole = message.WrittenSpan;
                Messages.Enqueue(whole[..(whole.LastIndexOfAnyExcept(Between) + 1)].ToArray());
            }
        }

        message.ResetWrittenCount();
        isOpen = false;
        isTooLarge = false;
    }

    private void Check(ReadOnlySpan<byte> line, int counted, string path, string what)
    {
        if (line.Length < 4)
        {
            return;
        }

        ReadOnlySpan<byte> field = line[4..];
        int length = field.IndexOf(line[3]);
        field = (length < 0 ? field : field[..length]).Trim((byte)' ');
        bool agrees = field.IsEmpty || (int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int stated) && stated == counted);
        Report(!agrees, path, "batch-count-mismatch", $"The trailer states another number of {what} than the file holds.");
    }

    private void Report(bool applies, string path, string code, string words)
    {
        if (applies)
        {
            Findings.Add(new Finding(path, code, words));
        }
    }

    private static bool IsHeader(ReadOnlySpan<byte> start, ReadOnlySpan<byte> name) =>
        start.StartsWith(name) && (start.Length == 3 || !(char.IsAsciiLetterOrDigit((char)start[3]) || start[3] == ' '));
}
