using Canonbury.Fhir.Identifiers;
using Xunit;

namespace Canonbury.Tests.Fhir.Identifiers;

public sealed class NhsNumberTests
{
    [Theory]
    [InlineData("9990000018")]
    [InlineData("999 000 0018")]
    [InlineData("999-000-0018")]
    [InlineData(" 9990000018 ")]
    public void TryParse_OfACheckedNumber_KeepsTheDigits(string text)
    {
        Assert.True(NhsNumber.TryParse(text, out NhsNumber number));
        Assert.Equal("9990000018", number.Digits);
        Assert.Equal("999 000 0018", number.Format334);
    }

    [Theory]
    [InlineData("9990000019")]
    [InlineData("999000001")]
    [InlineData("99900000180")]
    [InlineData("999000001X")]
    [InlineData("0000000000")]
    [InlineData("٩٩٩٠٠٠٠٠١٨")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_OfAnythingElse_IsFalse(string? text) => Assert.False(NhsNumber.TryParse(text, out _));

    [Fact]
    public void Checked_OfACheckDigitOfTen_IsNeverTrue()
    {
        int valid = Enumerable.Range(0, 10).Count(digit => NhsNumber.Checked($"{NineDigitsWithoutCheck()}{digit}"));
        Assert.Equal(0, valid);
    }

    [Fact]
    public void Checked_AcceptsAtMostOneLastDigit()
    {
        for (int nine = 999_000_000; nine < 999_001_000; nine++)
        {
            Assert.InRange(Enumerable.Range(0, 10).Count(digit => NhsNumber.Checked($"{nine}{digit}")), 0, 1);
        }
    }

    [Fact]
    public void LooksLikeOne_OfAWrongCheckDigit_IsTrue() => Assert.True(NhsNumber.LooksLikeOne("999 000 0019"));

    [Fact]
    public void Default_HasNoDigits() => Assert.Equal(string.Empty, default(NhsNumber).Format334);

    private static string NineDigitsWithoutCheck()
    {
        for (int nine = 999_000_000; ; nine++)
        {
            string text = nine.ToString(System.Globalization.CultureInfo.InvariantCulture);
            int sum = text.Select((digit, place) => (digit - '0') * (10 - place)).Sum();
            if (sum % 11 == 1)
            {
                return text;
            }
        }
    }
}
