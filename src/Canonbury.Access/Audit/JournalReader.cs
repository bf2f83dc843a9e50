namespace Canonbury.Access.Audit;

/// <summary>Reads the entries of one journal file in order, as far as whole lines go.</summary>
internal sealed class JournalReader(JournalSegment segment)
{
    private byte[] buffer = new byte[256 * 1024];
    private JournalHeader? header;

    /// <summary>How many bytes were read as whole lines.</summary>
    public long Offset { get; private set; }

    /// <summary>True from the first line on that cannot be read; the lines before it were returned.</summary>
    public bool Damaged { get; private set; }

    /// <summary>
    /// The next entries, about as many as fit the buffer; none at the end. What stands after the last line feed was never acknowledged.
    /// </summary>
    public IReadOnlyList<ChainedEntry> Read()
    {
        List<ChainedEntry> entries = [];
        long end = segment.Length;
        while (entries.Count == 0 && !Damaged && ReadLines(end, entries) > 0)
        {
        }

        return entries;
    }

    /// <summary>Says how many bytes it consumed; 0 where there is no whole line.</summary>
    private int ReadLines(long end, List<ChainedEntry> entries)
    {
        int available = segment.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - Offset)), Offset);
        int consumed = 0;
        while (!Damaged && buffer.AsSpan(consumed, available - consumed).IndexOf((byte)'\n') is >= 0 and int length)
        {
            Take(buffer.AsSpan(consumed, length), entries);
            consumed += length + 1;
        }

        if (consumed == 0 && available == buffer.Length && Offset + available < end)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
            return ReadLines(end, entries);
        }

        Offset += consumed;
        return consumed;
    }

    private void Take(ReadOnlySpan<byte> line, List<ChainedEntry> entries)
    {
        if (header is null)
        {
            header = JournalLine.ReadHeader(line);
            Damaged = header is null;
            return;
        }

        if (JournalLine.Read(header.Chain, line) is { } entry)
        {
            entries.Add(entry);
            return;
        }

        Damaged = true;
    }
}
