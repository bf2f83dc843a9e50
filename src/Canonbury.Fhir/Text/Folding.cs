using System.Buffers;
using System.Globalization;
using System.Text;

namespace Canonbury.Fhir.Text;

/// <summary>
/// Folds text for comparing and searching: lower case, no accents, white space made single. Both databases then answer the same.
/// </summary>
public static class Folding
{
    private static readonly SearchValues<char> Unfolded =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ\t\r\n\v\f");

    /// <summary>Letters and marks that stand for several or for another, as English keyboards write them.</summary>
    private static readonly Dictionary<char, string> Plain = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th", ['’'] = "'", ['‘'] = "'", ['–'] = "-", ['—'] = "-",
    };

    public static string Fold(string text)
    {
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny(Unfolded) && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder folded = new(text.Length);
        foreach (char letter in text)
        {
            Append(folded, letter);
        }

        return folded.ToString().TrimEnd();
    }

    private static void Append(StringBuilder folded, char letter)
    {
        if (char.IsWhiteSpace(letter))
        {
            if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }

            return;
        }

        char lower = char.ToLowerInvariant(letter);
        if (Plain.TryGetValue(lower, out string? plain))
        {
            folded.Append(plain);
        }
        else if (LatinLetters.Plain(lower) is not '\0' and var unmarked)
        {
            folded.Append(unmarked);
        }
        else if (letter < 128 || CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
        {
            folded.Append(lower);
        }
    }
}
