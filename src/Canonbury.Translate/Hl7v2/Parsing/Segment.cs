namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>One segment of a message. Asking for a field marks it as read; <see cref="Peek"/> does not.</summary>
/// <param name="Message">The message that it is a slice of.</param>
/// <param name="Position">Its place among the segments, from 0; -1 for one that the message does not have.</param>
public readonly record struct Segment(Hl7Message Message, int Position)
{
    public bool Exists => Position >= 0;

    /// <summary>Three characters, such as <c>PID</c>; empty for a segment that the message does not have.</summary>
    public string Name => SegmentNames.Of(Message.NameAt(Position));

    /// <summary>The highest field number that it carries.</summary>
    public int FieldCount => Message.FieldCountAt(Position);

    /// <summary>
    /// A field by its number in the standard, from 1 (MSH-1 is the separator itself); absent where the segment is shorter.
    /// </summary>
    public Field this[int number]
    {
        get
        {
            Message.MarkRead(Position, number);
            return Peek(number);
        }
    }

    /// <summary>A field, without counting it as read.</summary>
    public Field Peek(int number)
    {
        (int start, int end) = Message.Locate(Position, number);
        return new Field(this, number, start, end);
    }

    public bool Is(string name) => Message.NameAt(Position).SequenceEqual(name);

    /// <summary>Says that these fields need no map: they carry nothing about the person.</summary>
    public void Skip(params ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
        {
            Message.MarkRead(Position, number);
        }
    }
}
