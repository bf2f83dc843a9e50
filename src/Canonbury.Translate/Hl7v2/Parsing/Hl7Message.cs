using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>
/// One HL7 v2 message in ER7 ("pipe") encoding, indexed down to its fields; repetitions, components and sub-components are found when
/// they are asked for, as slices of the one text. It remembers which fields were read, so that what no map used can be counted.
/// Used by one thread at a time.
/// </summary>
public sealed class Hl7Message
{
    private readonly SegmentIndex index;
    private readonly ulong[] read;
    private int[]? visible;

    private Hl7Message(MessageText text, Delimiters delimiters)
    {
        Text = text.Text;
        Encoding = text.Encoding;
        Delimiters = delimiters;
        index = SegmentIndex.Of(Text, delimiters.Field);
        read = new ulong[(index.PartCount >> 6) + 1];
        if (text.Finding is not null)
        {
            Findings.Add(text.Finding);
        }

        if (index.HasOddLines)
        {
            Report("MSH", "line-without-segment",
                "A line does not begin with a segment name; it was read as a part of the field before it.");
        }
    }

    public string Text { get; }

    public Encoding Encoding { get; }

    public Delimiters Delimiters { get; }

    /// <summary>How many segments are visible.</summary>
    public int SegmentCount => visible?.Length ?? index.Count;

    /// <summary>What was wrong so far but did not stop the message.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>MSH.</summary>
    public Segment Header => new(this, 0);

    /// <summary>All visible segments in the order of the message, MSH first.</summary>
    public IEnumerable<Segment> Segments
    {
        get
        {
            for (int i = 0; i < SegmentCount; i++)
            {
                yield return this[i];
            }
        }
    }

    /// <summary>A visible segment by its place, from 0.</summary>
    public Segment this[int place] => new(this, visible is null ? place : visible[place]);

    /// <summary>Reads a message. The problem names segment, field and class of value, never the value.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Hl7Message? message,
        [NotNullWhen(false)] out Finding? problem)
    {
        MessageText text = MessageText.Decode(bytes);
        message = null;
        int start = MessageStart(text.Text);
        if (start < 0)
        {
            string what = bytes.IsEmpty ? "The message is empty." : "The message does not begin with an MSH segment.";
            problem = new Finding("MSH", "header-missing", what);
            return false;
        }

        text = start == 0 ? text : text with { Text = text.Text[start..] };
        if (!Delimiters.TryRead(text.Text, out Delimiters delimiters, out string reason))
        {
            problem = new Finding("MSH-2", "delimiters-invalid", $"The delimiters cannot be used: {reason}.");
            return false;
        }

        problem = null;
        message = new Hl7Message(text, delimiters);
        return true;
    }

    /// <summary>Reads a message; throws <see cref="UntranslatableException"/> for bytes that are none.</summary>
    public static Hl7Message Parse(ReadOnlySpan<byte> bytes) => TryParse(bytes, out Hl7Message? message, out Finding? problem)
        ? message
        : throw new UntranslatableException(problem.Path, problem.Code, problem.Words);

    /// <summary>The first segment of that name, or one without any fields: all its fields are absent.</summary>
    public Segment First(string name) => TryFirst(name, out Segment segment) ? segment : new Segment(this, -1);

    public bool TryFirst(string name, out Segment segment)
    {
        for (int i = 0; i < SegmentCount; i++)
        {
            segment = this[i];
            if (segment.Is(name))
            {
                return true;
            }
        }

        segment = new Segment(this, -1);
        return false;
    }

    /// <summary>Every segment of that name, in order.</summary>
    public IEnumerable<Segment> All(string name)
    {
        for (int i = 0; i < SegmentCount; i++)
        {
            Segment segment = this[i];
            if (segment.Is(name))
            {
                yield return segment;
            }
        }
    }

    /// <summary>
    /// Makes only these segments visible, by position, so that a message about several patients is read one patient at a time.
    /// </summary>
    /// <param name="positions">Ascending; null shows the whole message again.</param>
    internal void Show(int[]? positions) => visible = positions;

    public void Report(string path, string code, string words) => Findings.Add(new Finding(path, code, words));

    /// <summary>The fields that hold a value and that nobody read, by path, in the order of the message.</summary>
    public IReadOnlyList<UnmappedField> UnreadFields()
    {
        visible = null;
        Dictionary<string, int> counts = [];
        foreach (Segment segment in Segments)
        {
            for (int number = 1; number <= segment.FieldCount; number++)
            {
                if (!WasRead(index.PartOf(segment.Position, number)) && segment.Peek(number).IsValued
                    && !StructuralFields.Contains(segment.Name, number))
                {
                    string path = $"{segment.Name}-{number}";
                    counts[path] = counts.GetValueOrDefault(path) + 1;
                }
            }
        }

        return [.. counts.Select(pair => new UnmappedField(pair.Key, pair.Value))];
    }

    internal ReadOnlySpan<char> NameAt(int position) => position < 0 ? [] : Text.AsSpan(index.StartOf(position), 3);

    internal (int Start, int End) Locate(int position, int number) => position < 0 ? (0, 0) : index.Locate(position, number);

    internal int FieldCountAt(int position) => position < 0 ? 0 : index.FieldCount(position);

    internal void MarkRead(int position, int number)
    {
        int part = position < 0 ? -1 : index.PartOf(position, number);
        if (part >= 0)
        {
            read[part >> 6] |= 1UL << part;
        }
    }

    private bool WasRead(int part) => part < 0 || (read[part >> 6] & (1UL << part)) != 0;

    /// <summary>Blank lines before MSH are tolerated, anything else is not.</summary>
    private static int MessageStart(string text)
    {
        int start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == '\uFFFD'))
        {
            start++;
        }

        return text.AsSpan(start).StartsWith("MSH") ? start : -1;
    }
}
