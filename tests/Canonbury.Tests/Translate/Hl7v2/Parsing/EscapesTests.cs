using System.Text;
using Canonbury.Translate.Hl7v2.Parsing;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Parsing;

public sealed class EscapesTests
{
    [Theory]
    [InlineData(@"a\F\b", "a|b")]
    [InlineData(@"a\S\b", "a^b")]
    [InlineData(@"a\T\b", "a&b")]
    [InlineData(@"a\R\b", "a~b")]
    [InlineData(@"a\E\b", @"a\b")]
    [InlineData(@"a\.br\b", "a\nb")]
    [InlineData(@"a\.sp2\b", "a\n\nb")]
    [InlineData(@"a\.sp\b", "a\nb")]
    [InlineData(@"a\.sk3\b", "a   b")]
    [InlineData(@"a\.ce\b", "a\nb")]
    [InlineData(@"\.fi\a\.in+4\b\.ti-2\c\.nf\", "abc")]
    [InlineData(@"\H\loud\N\", "loud")]
    [InlineData(@"a\X0D0A\b", "a\r\nb")]
    [InlineData(@"\XC3A9\", "é")]
    [InlineData(@"\X00\", @"\X00\")]
    [InlineData(@"\XG1\", @"\XG1\")]
    [InlineData(@"a\Zxx\b", @"a\Zxx\b")]
    [InlineData(@"a\C2842\b", @"a\C2842\b")]
    [InlineData(@"a\M1B2442\b", @"a\M1B2442\b")]
    [InlineData(@"C:\dir\F\x", @"C:\dir|x")]
    [InlineData(@"50\50", @"50\50")]
    [InlineData(@"\", @"\")]
    [InlineData(@"\\", @"\\")]
    [InlineData(@"\P\", @"\P\")]
    public void Decode_FollowsTheStandard(string raw, string text) =>
        Assert.Equal(text, Escapes.Decode(raw, Delimiters.Usual, Encoding.UTF8));

    [Fact]
    public void Decode_OfTheTruncationCharacter_NeedsItInTheHeader() =>
        Assert.Equal("#", Escapes.Decode(@"\P\", Delimiters.Usual with { Truncation = '#' }, Encoding.UTF8));

    [Fact]
    public void Decode_OfHexadecimal_UsesTheMessagesCharacterSet() =>
        Assert.Equal("é", Escapes.Decode(@"\XE9\", Delimiters.Usual, Encoding.Latin1));

    [Fact]
    public void Decode_WithoutEscapeCharacter_ChangesNothing() =>
        Assert.Equal(@"a\F\b", Escapes.Decode(@"a\F\b", Delimiters.Usual with { Escape = '\0' }, Encoding.UTF8));

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheSameText() =>
        Gen.String[Gen.Char[" |^~\\&abX0\r\né."], 0, 30].Sample(
            text => Assert.Equal(text, Escapes.Decode(Escapes.Encode(text, Delimiters.Usual), Delimiters.Usual, Encoding.UTF8)));
}
