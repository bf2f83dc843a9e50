using System.Globalization;
using System.Text;

namespace Canonbury.Borough.Hl7;

/// <summary>What older systems do to letters that their character set lacks.</summary>
public static class Letters
{
    /// <summary>Only ASCII letters are left: <c>Yılmaz</c> becomes <c>Yilmaz</c>, <c>Łukasz</c> becomes <c>Lukasz</c>.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        StringBuilder folded = new(text.Length);
        foreach (char letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(letter switch { 'ı' => 'i', 'ł' => 'l', 'Ł' => 'L', 'ø' => 'o', 'Ø' => 'O', '’' => '\'', _ => letter });
            }
        }

        return folded.ToString();
    }
}
