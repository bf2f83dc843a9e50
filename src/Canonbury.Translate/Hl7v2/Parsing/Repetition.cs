namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>One repetition of a field: what the datatype readers read.</summary>
/// <param name="Field">The field that it belongs to.</param>
/// <param name="Number">Its place among the repetitions, from 1.</param>
/// <param name="Start">Where it begins in the message's text.</param>
/// <param name="End">Where it ends, exclusive.</param>
public readonly record struct Repetition(Field Field, int Number, int Start, int End)
{
    private Hl7Message Message => Field.Segment.Message;

    public ReadOnlySpan<char> Raw => Message.Text.AsSpan(Start, End - Start);

    public bool IsNull => Raw.Length >= 2 && Raw[0] == '"' && Presence.IsNull(Raw, Message.Delimiters);

    public bool IsValued => Raw.ContainsAnyExcept([Message.Delimiters.Component, Message.Delimiters.Subcomponent, ' ']) && !IsNull;

    /// <summary>Where it is, such as <c>PID-3</c> or <c>PID-3(2)</c>.</summary>
    public string Path => Number == 1 ? Field.Path : $"{Field.Path}({Number})";

    /// <summary>A component by its number in the standard, from 1; absent where the repetition is shorter.</summary>
    public Component this[int number]
    {
        get
        {
            (int start, int end) = Slices.Find(Message.Text, Start, End, Message.Delimiters.Component, number);
            return new Component(this, number, start, end);
        }
    }

    /// <summary>The text of the first component, unescaped and trimmed; null when absent or an explicit null.</summary>
    public string? Text => this[1].Text;

    /// <summary>The whole repetition as one text, separators included: for free text whose sender did not escape them.</summary>
    public string WholeText => Escapes.Decode(Raw, Message.Delimiters, Message.Encoding);
}

/// <summary>Walks over the valued repetitions of a field.</summary>
public struct RepetitionEnumerator
{
    private readonly Field field;
    private readonly char separator;
    private int next;
    private int number;

    internal RepetitionEnumerator(Field field)
    {
        this.field = field;
        separator = field.Segment.Message.Delimiters.Repetition;
        next = field.Start;
    }

    public Repetition Current { get; private set; }

    public bool MoveNext()
    {
        while (next <= field.End && field.End > field.Start)
        {
            int start = next;
            int length = separator == '\0' ? -1 : field.Segment.Message.Text.AsSpan(start, field.End - start).IndexOf(separator);
            int end = length < 0 ? field.End : start + length;
            next = end + 1;
            number++;
            Current = new Repetition(field, number, start, end);
            if (Current.IsValued)
            {
                return true;
            }
        }

        return false;
    }
}
