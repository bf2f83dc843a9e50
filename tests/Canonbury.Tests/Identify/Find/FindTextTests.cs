using System.Collections.Immutable;
using Canonbury.Identify.Find;
using Xunit;

namespace Canonbury.Tests.Identify.Find;

public sealed class FindTextTests
{
    [Theory]
    [InlineData("9990000018")]
    [InlineData("999 000 0018")]
    [InlineData("999-000-0018")]
    [InlineData("smith 9990000018")]
    public void Parse_AnNhsNumber_IsToldApart(string text) => Assert.Equal("9990000018", FindText.Parse(text, null).NhsNumber);

    [Fact]
    public void Parse_ANumberThatFailsItsCheck_IsALocalNumber()
    {
        FindText typed = FindText.Parse("999 000 0019", null);
        Assert.Null(typed.NhsNumber);
        Assert.Contains("9990000019", typed.Numbers);
    }

    [Theory]
    [InlineData("smith 12/03/1985")]
    [InlineData("12.3.1985 Smith")]
    [InlineData("Smith, 1985-03-12")]
    [InlineData("12-Mar-1985 smith")]
    public void Parse_ADateAmongTheWords_IsTheBirthDate(string text)
    {
        FindText typed = FindText.Parse(text, null);
        Assert.Equal(new DateOnly(1985, 3, 12), typed.BirthDate);
        Assert.Equal(["smith"], typed.Words);
    }

    [Fact]
    public void Parse_ATitle_IsLeftOutUnlessItIsAll()
    {
        Assert.Equal(["john", "smith"], FindText.Parse("Mr John Smith", null).Words);
        Assert.Equal(["master"], FindText.Parse("Master", null).Words);
    }

    [Fact]
    public void Parse_AHospitalNumber_IsAlsoAskedInUpperCase() => Assert.Contains("RXX1234", FindText.Parse("rxx1234", null).Numbers);

    [Fact]
    public void Rows_OfANameInParts_AreFoundFromEachWordAndTheBirthDate()
    {
        FindFacts facts = new([new FindName("Van der Berg", "Anna Maria")], "1985-03-12");
        ImmutableHashSet<FindRow> rows = [.. FindRow.Of(facts)];
        FindRow[] expected =
        [
            new("berg", "anna maria van der"), new("anna", "van der berg maria"), new("maria", "van der berg anna"),
            new("vanderberg", "anna maria"), new("1985-03-12", "van der berg anna maria"),
        ];
        Assert.Superset(expected.ToHashSet(), rows.ToHashSet());
    }
}
