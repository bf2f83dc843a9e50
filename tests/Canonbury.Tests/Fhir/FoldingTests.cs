using Canonbury.Fhir.Text;
using Xunit;

namespace Canonbury.Tests.Fhir;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Müller-Évêque", "muller-eveque")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("E\u0301mile", "emile")]
    [InlineData("Łukasz ß Ærø", "lukasz ss aero")]
    [InlineData("O’Brien", "o'brien")]
    [InlineData(" two\t\nspaces  ", "two spaces")]
    [InlineData("Иван", "иван")]
    public void Fold_TakesAwayCaseAndMarks_OnEveryMachine(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));
}
