using Canonbury.Identify.Find;
using Xunit;

namespace Canonbury.Tests.Identify.Find;

public sealed class NameFoldingTests
{
    [Theory]
    [InlineData("O'Brien", "obrien")]
    [InlineData("O’Brien", "obrien")]
    [InlineData("Smith-Jones", "smith jones")]
    [InlineData("  SMITH ,  John  ", "smith john")]
    [InlineData("Érdős", "erdos")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("Ọlá", "ola")]
    [InlineData("Łukasz Żółć", "lukasz zolc")]
    [InlineData("Søren Ærø", "soren aero")]
    [InlineData("Weiß", "weiss")]
    [InlineData("İbrahim Yıldız", "ibrahim yildiz")]
    [InlineData("St. John", "st john")]
    [InlineData("E\u0301mile", "emile")]
    [InlineData("Иван", "иван")]
    [InlineData("王", "王")]
    [InlineData(null, "")]
    public void Fold_OfAName_IsPlainLowerCaseWords(string? name, string folded) => Assert.Equal(folded, NameFolding.Fold(name));

    [Fact]
    public void Fold_OfAnythingFolded_ChangesNothing() =>
        CsCheck.Check.Sample(CsCheck.Gen.String, name => Assert.Equal(NameFolding.Fold(name), NameFolding.Fold(NameFolding.Fold(name))));
}
