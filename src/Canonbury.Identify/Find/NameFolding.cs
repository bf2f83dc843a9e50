using System.Text;
using Canonbury.Fhir.Text;

namespace Canonbury.Identify.Find;

/// <summary>
/// Brings names, as written anywhere, to one form in which they can be compared byte by byte on both databases: lower case, no accents,
/// no apostrophes; hyphens and other marks part words.
/// </summary>
public static class NameFolding
{
    /// <summary>Longer names are cut: index keys have a limit.</summary>
    private const int MaxLength = 120;

    /// <summary>The words of a name, joined by single spaces; empty for null.</summary>
    public static string Fold(string? name)
    {
        StringBuilder folded = new();
        foreach (char character in name ?? string.Empty)
        {
            if (folded.Length >= MaxLength)
            {
                break;
            }

            Append(folded, character);
        }

        return folded.ToString().Trim();
    }

    /// <summary>The folded words of a name.</summary>
    public static string[] Words(string? name) => Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Append(StringBuilder folded, char character)
    {
        char plain = character is >= 'a' and <= 'z' ? character : LatinLetters.Plain(character);
        if (plain != '\0')
        {
            folded.Append(plain);
            return;
        }

        switch (character)
        {
            case 'ß' or 'ẞ':
                folded.Append("ss");
                break;
            case 'æ' or 'Æ':
                folded.Append("ae");
                break;
            case 'œ' or 'Œ':
                folded.Append("oe");
                break;
            case 'þ' or 'Þ':
                folded.Append("th");
                break;
            case '\'' or '’' or '‘' or 'ʼ' or 'ʻ' or '`' or '´' or '.' or (>= '\u0300' and <= '\u036F'):
                break;
            default:
                if (char.IsLetterOrDigit(character) || char.IsSurrogate(character))
                {
                    folded.Append(char.ToLowerInvariant(character));
                }
                else if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }

                break;
        }
    }
}
