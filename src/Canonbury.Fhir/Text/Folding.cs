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

    /// <summary>Letters that have no decomposition in Unicode, with what English keyboards write for them.</summary>
    private static readonly Dictionary<char, string> Plain = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['ł'] = "l", ['þ'] = "th", ['ı'] = "i",
        ['ħ'] = "h", ['’'] = "'", ['‘'] = "'", ['–'] = "-", ['—'] = "-",
    };

    public static string Fold(string text)
    {
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny(Unfolded) && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder folded = new(text.Length);
        foreach (char letter in Ascii.IsValid(text) ? text : Decompose(text))
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
        else if (letter < 128 || CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
        {
            folded.Append(lower);
        }
    }

    // A lone surrogate cannot be normalised; it cannot be searched for either.
    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
