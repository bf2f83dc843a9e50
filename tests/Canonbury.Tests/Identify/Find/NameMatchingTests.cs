using Canonbury.Identify.Find;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Identify.Find;

public sealed class NameMatchingTests
{
    private static readonly Gen<string> Word = Gen.Char['a', 'e'].Array[1, 10].Select(letters => new string(letters));

    [Theory]
    [InlineData("catherine", "kathryn")]
    [InlineData("stephen", "steven")]
    [InlineData("sara", "zahra")]
    [InlineData("mohammed", "muhammad")]
    [InlineData("geoffrey", "jeffrey")]
    [InlineData("philip", "filip")]
    [InlineData("clarke", "clark")]
    public void Sound_OfSpellingsOfOneName_IsTheSame(string one, string other) => Assert.Equal(NameSound.Of(one), NameSound.Of(other));

    // Winkler (1990), table of examples.
    [Theory]
    [InlineData("martha", "marhta", 0.961)]
    [InlineData("dwayne", "duane", 0.840)]
    [InlineData("dixon", "dicksonx", 0.813)]
    [InlineData("abc", "xyz", 0)]
    public void JaroWinkler_OfThePublishedExamples_IsAsPublished(string one, string other, double expected) =>
        Assert.Equal(expected, NameSimilarity.JaroWinkler(one, other), 0.001);

    [Fact]
    public void JaroWinkler_OfAnyWords_IsSymmetricAndOneOnlyForTheSame() => Gen.Select(Word, Word).Sample((one, other) =>
    {
        double likeness = NameSimilarity.JaroWinkler(one, other);
        Assert.InRange(likeness, 0, 1);
        Assert.Equal(likeness, NameSimilarity.JaroWinkler(other, one), 1e-9);
        Assert.Equal(one == other, likeness == 1);
    });

    [Fact]
    public void Variants_OfAWordWithOneLetterWrong_MeetTheWord() => Gen.Select(Word, Gen.Int[0, 9], Gen.Int[0, 3]).Sample((word, at, kind) =>
    {
        if (word.Length < 3)
        {
            return;
        }

        at %= word.Length - 1;
        string typed = kind switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, "x"),
            2 => word[..at] + "x" + word[(at + 1)..],
            _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
        };
        Assert.True(NameVariants.Of(word).Intersect(NameVariants.Of(typed)).Any(), $"{word} and {typed}");
    });

    [Theory]
    [InlineData("smith john", "john smith", 1)]
    [InlineData("j smith", "john smith", 0.94)]
    [InlineData("jon smth", "john smith", 0.9)]
    [InlineData("ali hassan", "john smith", 0)]
    public void OfName_InAnyOrder_TakesTheLikestWords(string typed, string name, double atLeast)
    {
        double likeness = NameSimilarity.OfName(typed.Split(' '), name.Split(' '));
        Assert.InRange(likeness, atLeast, atLeast == 0 ? 0.3 : 1);
    }

    [Fact]
    public void OfName_ThePlainName_StandsBeforeTheLongerOne() =>
        Assert.True(NameSimilarity.OfName(["ann", "lee"], ["ann", "lee"]) > NameSimilarity.OfName(["ann", "lee"], ["ann", "marie", "lee"]));
}
