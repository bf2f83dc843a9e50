using System.Collections.Frozen;
using System.Text;

namespace Canonbury.Borough.Hl7;

/// <summary>What older systems do to letters that their character set lacks.</summary>
public static class Letters
{
    // A table, because Unicode normalisation needs globalisation data, which the program runs without.
    private static readonly FrozenDictionary<char, char> Plain = Pair(
        "ąàáâãäåăāçčćďèéêëēęğģìíîïīıłľñńňòóôõöőøŕřśşšșťţțùúûüůűūýÿžźżÀÁÂÃÄÅÇČĆÈÉÊËĘĞÌÍÎÏİŁÑŃÒÓÔÕÖØŘŚŞŠÙÚÛÜÝŽŹŻ’",
        "aaaaaaaaacccdeeeeeeggiiiiiillnnnooooooorrsssstttuuuuuuuyyzzzAAAAAACCCEEEEEGIIIIILNNOOOOOORSSSUUUUYZZZ'");

    /// <summary>Only ASCII letters are left: <c>Yılmaz</c> becomes <c>Yilmaz</c>, <c>Łukasz</c> becomes <c>Lukasz</c>.</summary>
    public static string Fold(string text) =>
        Ascii.IsValid(text) ? text : string.Create(text.Length, text, (folded, original) =>
        {
            for (int index = 0; index < folded.Length; index++)
            {
                folded[index] = FoldLetter(original[index]);
            }
        });

    /// <summary>A letter of ISO 8859-1 stays; another one loses its marks.</summary>
    public static string FoldToLatin1(string text)
    {
        foreach (char letter in text)
        {
            if (letter > 0xFF)
            {
                return string.Create(text.Length, text, (folded, original) =>
                {
                    for (int index = 0; index < folded.Length; index++)
                    {
                        folded[index] = original[index] > 0xFF ? FoldLetter(original[index]) : original[index];
                    }
                });
            }
        }

        return text;
    }

    private static char FoldLetter(char letter) => letter < 0x80 ? letter : Plain.GetValueOrDefault(letter, letter);

    private static FrozenDictionary<char, char> Pair(string marked, string plain) =>
        marked.Zip(plain).ToFrozenDictionary(pair => pair.First, pair => pair.Second);
}
