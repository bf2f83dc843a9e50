namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>
/// One field of a segment. Three states are kept apart (HL7 v2 chapter 2, "Null and not present"): absent says nothing, an explicit
/// null (<c>""</c>) clears, anything else is a value.
/// </summary>
/// <param name="Segment">The segment that it belongs to.</param>
/// <param name="Number">Its number in the standard, from 1.</param>
/// <param name="Start">Where it begins in the message's text.</param>
/// <param name="End">Where it ends, exclusive.</param>
public readonly record struct Field(Segment Segment, int Number, int Start, int End)
{
    private Hl7Message Message => Segment.Message;

    /// <summary>As sent, with its separators and escapes.</summary>
    public ReadOnlySpan<char> Raw => Message.Text.AsSpan(Start, End - Start);

    public bool IsAbsent =>
        !Raw.ContainsAnyExcept([Message.Delimiters.Component, RepetitionSeparator, Message.Delimiters.Subcomponent, ' ']);

    /// <summary>The field holds <c>""</c> and nothing else: the sender states that there is no value.</summary>
    public bool IsNull => Raw.Length >= 2 && Raw[0] == '"' && Presence.IsNull(Raw, Message.Delimiters);

    public bool IsValued => !IsAbsent && !IsNull;

    /// <summary>Where it is, such as <c>PID-3</c>.</summary>
    public string Path => $"{Segment.Name}-{Number}";

    /// <summary>The first repetition; absent where the field is.</summary>
    public Repetition First
    {
        get
        {
            int length = Message.Delimiters.Repetition == '\0' ? -1 : Raw.IndexOf(Message.Delimiters.Repetition);
            return new Repetition(this, 1, Start, length < 0 ? End : Start + length);
        }
    }

    /// <summary>Each repetition that holds a value. Allocates nothing.</summary>
    public RepetitionEnumerator GetEnumerator() => new(this);

    /// <summary>A component of the first repetition, from 1.</summary>
    public Component this[int component] => First[component];

    /// <summary>
    /// The text of the first component of the first repetition, unescaped and trimmed; null when absent or an explicit null.
    /// </summary>
    public string? Text => First[1].Text;

    private char RepetitionSeparator =>
        Message.Delimiters.Repetition == '\0' ? Message.Delimiters.Component : Message.Delimiters.Repetition;
}
