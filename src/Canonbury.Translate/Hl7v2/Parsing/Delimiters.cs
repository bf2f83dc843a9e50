namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>The separators that one message uses, as MSH-1 and MSH-2 state them (HL7 v2 chapter 2, "Message delimiters").</summary>
/// <param name="Field">MSH-1, usually <c>|</c>.</param>
/// <param name="Component">Usually <c>^</c>.</param>
/// <param name="Repetition">Usually <c>~</c>; NUL where the sender states none.</param>
/// <param name="Escape">Usually <c>\</c>; NUL where the sender states none.</param>
/// <param name="Subcomponent">Usually <c>&amp;</c>; NUL where the sender states none.</param>
/// <param name="Truncation">The fifth character of MSH-2 since version 2.7, usually <c>#</c>; NUL where the sender states none.</param>
public readonly record struct Delimiters(char Field, char Component, char Repetition, char Escape, char Subcomponent, char Truncation)
{
    public static readonly Delimiters Usual = new('|', '^', '~', '\\', '&', '\0');

    /// <summary>MSH-2 as it is written.</summary>
    public string EncodingCharacters => string.Concat(
        new[] { Component, Repetition, Escape, Subcomponent, Truncation }.TakeWhile(character => character != '\0'));

    /// <summary>
    /// Reads MSH-1 and MSH-2 from a header segment (<c>MSH</c>, <c>FHS</c> or <c>BHS</c>); the reason when they cannot separate
    /// anything.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> header, out Delimiters delimiters, out string problem)
    {
        delimiters = Usual;
        problem = string.Empty;
        if (header.Length < 5 || !CanSeparate(header[3]))
        {
            problem = "the field separator (MSH-1) is missing or a letter, a digit, a space or a control character";
            return false;
        }

        ReadOnlySpan<char> encoding = header[4..];
        int end = encoding.IndexOfAny(header[3], '\r', '\n');
        encoding = end < 0 ? encoding : encoding[..end];
        if (encoding.Length is 0 or > 5)
        {
            problem = "MSH-2 must hold one to five encoding characters";
            return false;
        }

        for (int i = 0; i < encoding.Length; i++)
        {
            if (!CanSeparate(encoding[i]) || encoding[i] == header[3] || encoding[..i].Contains(encoding[i]))
            {
                problem = "the encoding characters (MSH-2) are not distinct, or one is a letter, a digit, a space or a control character";
                return false;
            }
        }

        delimiters = new Delimiters(header[3], At(encoding, 0), At(encoding, 1), At(encoding, 2), At(encoding, 3), At(encoding, 4));
        return true;
    }

    private static char At(ReadOnlySpan<char> encoding, int index) => index < encoding.Length ? encoding[index] : '\0';

    private static bool CanSeparate(char character) =>
        !char.IsLetterOrDigit(character) && !char.IsControl(character) && character is not (' ' or '"' or '\uFFFD');
}
