using System.Text;

namespace Canonbury.Fhir.Search.Query;

/// <summary>The backslash before a comma, dollar sign or bar in a value. https://hl7.org/fhir/R4/search.html#escaping</summary>
internal static class Escapes
{
    /// <summary>The parts between separators that are not escaped; they stay escaped themselves.</summary>
    public static IReadOnlyList<string> Split(string text, char separator)
    {
        if (!text.Contains(separator, StringComparison.Ordinal))
        {
            return [text];
        }

        List<string> parts = [];
        int start = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == separator)
            {
                parts.Add(text[start..at]);
                start = at + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    public static string Undo(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            plain.Append(text[at]);
        }

        return plain.ToString();
    }
}
