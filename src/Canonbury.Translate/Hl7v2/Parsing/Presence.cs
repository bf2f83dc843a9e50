namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>Tells an explicit null from a value.</summary>
internal static class Presence
{
    /// <summary>Whether a field or repetition holds <c>""</c> once or more, and apart from that only separators.</summary>
    public static bool IsNull(ReadOnlySpan<char> raw, Delimiters delimiters)
    {
        int quotes = 0;
        foreach (char character in raw)
        {
            if (character == '"')
            {
                quotes++;
            }
            else if (character != ' ' && character != delimiters.Component && character != delimiters.Repetition
                && character != delimiters.Subcomponent)
            {
                return false;
            }
            else if (quotes % 2 != 0)
            {
                return false;
            }
        }

        return quotes >= 2 && quotes % 2 == 0 && raw.IndexOf("\"\"\"") < 0;
    }
}
