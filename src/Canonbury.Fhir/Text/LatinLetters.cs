namespace Canonbury.Fhir.Text;

/// <summary>
/// The plain letter under a Latin letter with marks, from the Unicode Character Database (canonical decompositions, and the letters
/// without one such as ø and ł). The service runs without the system's Unicode tables, so that every machine folds alike.
/// </summary>
public static class LatinLetters
{
    private const string From00C0 =
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggg"
        + "gggghhhhiiiiiiiiii..jjkk.llllll..llnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
        + "bb....o...d....eeff....ikk......oo.............uu..yy........................aaiioouuuuuuuuuu.aa"
        + "aa....ggkkoooo..j...gg..nnaa..ooaaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
        + "...bu...........";

    private const string From1E00 =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
        + "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
        + "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <summary>A lower-case letter a to z, or NUL where <paramref name="letter"/> has none under it.</summary>
    public static char Plain(char letter) => letter switch
    {
        >= '\u00C0' and < '\u0250' => At(From00C0, letter - '\u00C0'),
        >= '\u1E00' and < '\u1F00' => At(From1E00, letter - '\u1E00'),
        '\u0259' or '\u025B' => 'e',
        '\u0253' => 'b',
        '\u0254' => 'o',
        '\u0257' => 'd',
        _ => '\0',
    };

    private static char At(string letters, int index) => letters[index] == '.' ? '\0' : letters[index];
}
