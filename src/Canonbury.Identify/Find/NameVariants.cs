namespace Canonbury.Identify.Find;

/// <summary>
/// The keys under which a word of a name is found when it is misspelt: what is left of its first seven letters without one or two of them
/// (so that a letter too many, too few, wrong or swapped meets the right word), and its sound.
/// </summary>
public static class NameVariants
{
    private const int Prefix = 7;
    private const int LongWord = 6;

    /// <summary>The word's own beginning first; the sound with a leading <c>~</c>, which no folded word has.</summary>
    public static IReadOnlyCollection<string> Of(string word)
    {
        string beginning = word.Length > Prefix ? word[..Prefix] : word;
        HashSet<string> variants = [beginning];
        Delete(beginning, word.Length >= LongWord ? 2 : 1, variants);
        string sound = NameSound.Of(word);
        if (sound.Length > 0)
        {
            variants.Add("~" + sound);
        }

        return variants;
    }

    private static void Delete(string word, int times, HashSet<string> variants)
    {
        for (int i = 0; i < word.Length && word.Length > 2; i++)
        {
            string shorter = word.Remove(i, 1);
            if (variants.Add(shorter) && times > 1)
            {
                Delete(shorter, times - 1, variants);
            }
        }
    }
}
