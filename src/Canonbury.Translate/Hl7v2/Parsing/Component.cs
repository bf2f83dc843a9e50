namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>One component of a repetition; its sub-components have the same three states as a field.</summary>
/// <param name="Repetition">The repetition that it belongs to.</param>
/// <param name="Number">Its number in the standard, from 1.</param>
/// <param name="Start">Where it begins in the message's text.</param>
/// <param name="End">Where it ends, exclusive.</param>
public readonly record struct Component(Repetition Repetition, int Number, int Start, int End)
{
    private Hl7Message Message => Repetition.Field.Segment.Message;

    /// <summary>As sent, with sub-component separators and escapes.</summary>
    public ReadOnlySpan<char> Raw => Message.Text.AsSpan(Start, End - Start);

    public bool IsAbsent => !Raw.ContainsAnyExcept([Message.Delimiters.Subcomponent, ' ']);

    public bool IsNull => Raw is "\"\"";

    public bool IsValued => !IsAbsent && !IsNull;

    /// <summary>Where it is, such as <c>PID-3.4</c> or <c>PID-3(2).4</c>.</summary>
    public string Path => $"{Repetition.Path}.{Number}";

    /// <summary>The first sub-component, unescaped and trimmed; null when it is absent or an explicit null.</summary>
    public string? Text => Sub(1);

    /// <summary>
    /// The first sub-component, unescaped, with its leading and trailing spaces (FT, TX); null when it is absent or an explicit null.
    /// </summary>
    public string? Verbatim
    {
        get
        {
            (int start, int end) = Slices.Find(Message.Text, Start, End, Message.Delimiters.Subcomponent, 1);
            ReadOnlySpan<char> raw = Message.Text.AsSpan(start, end - start);
            return raw.IsWhiteSpace() || raw is "\"\"" ? null : Escapes.Decode(raw, Message.Delimiters, Message.Encoding);
        }
    }

    /// <summary>The whole component with its separators as text, for free text whose sender did not escape an ampersand.</summary>
    public string? WholeText => !IsValued ? null : Escapes.Decode(Raw.Trim(), Message.Delimiters, Message.Encoding);

    /// <summary>A sub-component by its number, from 1, unescaped and trimmed; null when it is absent or an explicit null.</summary>
    public string? Sub(int number)
    {
        (int start, int end) = Slices.Find(Message.Text, Start, End, Message.Delimiters.Subcomponent, number);
        ReadOnlySpan<char> raw = Message.Text.AsSpan(start, end - start).Trim();
        return raw.IsEmpty || raw is "\"\"" ? null : Escapes.Decode(raw, Message.Delimiters, Message.Encoding);
    }
}
