using Canonbury.Access.SignIn;
using Xunit;

namespace Canonbury.Tests.Access.SignIn;

public sealed class PasswordHashTests
{
    [Fact]
    public void Matches_WithTheSamePassword_AndOnlyWithIt()
    {
        string stored = PasswordHash.Of("correct horse");

        Assert.StartsWith("pbkdf2-sha256$600000$", stored, StringComparison.Ordinal);
        Assert.True(PasswordHash.Matches("correct horse", stored));
        Assert.False(PasswordHash.Matches("correct horsE", stored));
    }

    [Fact]
    public void Of_TheSamePasswordTwice_GivesDifferentText() =>
        Assert.NotEqual(PasswordHash.Of("correct horse"), PasswordHash.Of("correct horse"));

    [Theory]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("\ud800")]
    public void Matches_TheHashOfNobody_Never(string password) =>
        Assert.False(PasswordHash.Matches(password, PasswordHash.OfNobody));

    [Fact]
    public void Matches_WithAnEndlessPassword_IsFalseWithoutWork() =>
        Assert.False(PasswordHash.Matches(new string('a', 1_000_000), PasswordHash.OfNobody));

    [Fact]
    public void Matches_WithAnotherRoundCount_StillReadsTheStoredOne() =>
        // RFC 7914 section 11: PBKDF2-HMAC-SHA-256 of "passwd", salt "salt", one round, first 32 bytes.
        Assert.True(PasswordHash.Matches(
            "passwd",
            $"pbkdf2-sha256$1${Convert.ToBase64String("salt"u8)}${Convert.ToBase64String(Convert.FromHexString("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"))}"));
}
