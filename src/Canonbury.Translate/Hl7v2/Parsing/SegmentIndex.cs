namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>
/// Where the segments and fields of a text begin: two arrays, made in two vectorised passes, with no allocation per field.
/// </summary>
internal sealed class SegmentIndex
{
    private readonly string text;
    private readonly Entry[] segments;
    private readonly int[] starts;

    private SegmentIndex(string text, Entry[] segments, int[] starts)
    {
        this.text = text;
        this.segments = segments;
        this.starts = starts;
    }

    public int Count { get; private set; }

    /// <summary>How many parts (segment names and fields) there are in all.</summary>
    public int PartCount => starts.Length;

    /// <summary>Whether a line was found that begins with no segment name.</summary>
    public bool HasOddLines { get; private set; }

    public static SegmentIndex Of(string text, char separator)
    {
        ReadOnlySpan<char> span = text;
        int lines = span.Count('\r') + span.Count('\n') + 1;
        SegmentIndex index = new(text, new Entry[lines], new int[span.Count(separator) + lines]);
        index.FindSegments(separator);
        index.FindFields(separator);
        return index;
    }

    public int StartOf(int position) => segments[position].Start;

    /// <summary>The highest field number that the segment carries.</summary>
    public int FieldCount(int position)
    {
        ref readonly Entry segment = ref segments[position];
        return segment.Parts - 1 + (IsHeader(segment) ? 1 : 0);
    }

    /// <summary>
    /// The number of the part that holds a field: one less in MSH, FHS and BHS, whose first field is the separator itself; -1 for none.
    /// </summary>
    public int PartOf(int position, int number)
    {
        ref readonly Entry segment = ref segments[position];
        int part = IsHeader(segment) ? number - 1 : number;
        return part >= 1 && part < segment.Parts ? segment.FirstPart + part : -1;
    }

    public (int Start, int End) Locate(int position, int number)
    {
        ref readonly Entry segment = ref segments[position];
        if (number == 1 && IsHeader(segment))
        {
            return (segment.Start + 3, Math.Min(segment.Start + 4, segment.End));
        }

        int part = PartOf(position, number);
        if (part < 0)
        {
            return (0, 0);
        }

        return (starts[part], part + 1 < segment.FirstPart + segment.Parts ? starts[part + 1] - 1 : segment.End);
    }

    private bool IsHeader(in Entry segment) => text.AsSpan(segment.Start, 3) is "MSH" or "FHS" or "BHS";

    private void FindSegments(char separator)
    {
        ReadOnlySpan<char> span = text;
        int start = 0;
        while (start < span.Length)
        {
            int length = span[start..].IndexOfAny('\r', '\n');
            int end = length < 0 ? span.Length : start + length;
            if (IsSegment(span[start..end], separator))
            {
                segments[Count++] = new Entry { Start = start, End = end };
            }
            else if (Count > 0 && !span[start..end].IsWhiteSpace())
            {
                // A line break inside a text field: the standard asks for \.br\, some senders write the character itself.
                segments[Count - 1].End = end;
                HasOddLines = true;
            }

            start = end + 1;
        }
    }

    private void FindFields(char separator)
    {
        int part = 0;
        for (int i = 0; i < Count; i++)
        {
            ref Entry segment = ref segments[i];
            segment.FirstPart = part;
            starts[part++] = segment.Start;
            int at = segment.Start;
            int length;
            while ((length = text.AsSpan(at, segment.End - at).IndexOf(separator)) >= 0)
            {
                at += length + 1;
                starts[part++] = at;
            }

            segment.Parts = part - segment.FirstPart;
        }
    }

    private static bool IsSegment(ReadOnlySpan<char> line, char separator) =>
        line.Length >= 3 && char.IsAsciiLetterUpper(line[0]) && IsNameCharacter(line[1]) && IsNameCharacter(line[2])
        && (line.Length == 3 || line[3] == separator);

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character);

    private struct Entry
    {
        public int Start;
        public int End;
        public int FirstPart;
        public int Parts;
    }
}
