using System.Globalization;
using Canonbury.Fhir.Search.Values;
using Xunit;

namespace Canonbury.Tests.Fhir.Search;

/// <summary>The implicit range of a date. https://hl7.org/fhir/R4/search.html#date</summary>
public sealed class DateRangeTests
{
    [Theory]
    [InlineData("2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")]
    [InlineData("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-03-01T09:30", "2024-03-01T09:30:00Z", "2024-03-01T09:31:00Z")]
    [InlineData("2024-03-01T09:30:15Z", "2024-03-01T09:30:15Z", "2024-03-01T09:30:16Z")]
    [InlineData("2024-06-01T09:30:15+01:00", "2024-06-01T08:30:15Z", "2024-06-01T08:30:16Z")]
    [InlineData("2024-03-01T09:30:15.250Z", "2024-03-01T09:30:15.250Z", "2024-03-01T09:30:15.251Z")]
    [InlineData("2024-03-01T09:30:15.2500000Z", "2024-03-01T09:30:15.250Z", "2024-03-01T09:30:15.2500001Z")]
    [InlineData("9999-12-30", "9999-12-30T00:00:00Z", "9999-12-31T00:00:00Z")]
    public void Parse_IsAllThatTheTextLeavesOpen(string text, string from, string to)
    {
        DateRange range = Assert.NotNull(DateRange.Parse(text));
        Assert.Equal((Time(from), Time(to)), (range.Start, range.End));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("24")]
    [InlineData("2024-13")]
    [InlineData("2023-02-29")]
    [InlineData("2024-03-01T25:00:00Z")]
    [InlineData("2024-03-01T09")]
    [InlineData("2024-03-01 09:30:00")]
    [InlineData("0000-01-01")]
    public void Parse_OfWhatIsNoDate_IsNone(string text) => Assert.Null(DateRange.Parse(text));

    [Fact]
    public void Parse_AtTheEndOfTime_Ends() => Assert.All(["9999", "9999-12", "9999-12-31"], text => Assert.Equal(DateTimeOffset.MaxValue, Assert.NotNull(DateRange.Parse(text)).End));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
