using System.Globalization;
using Canonbury.Fhir.Text;
using Xunit;

namespace Canonbury.Tests.Fhir.Text;

/// <summary>The implicit range of a date. https://hl7.org/fhir/R4/search.html#date</summary>
public sealed class PartialTimeTests
{
    [Theory]
    [InlineData("2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")]
    [InlineData("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-03-01T09:30", "2024-03-01T09:30:00Z", "2024-03-01T09:31:00Z")]
    [InlineData("2024-03-01T09:30:15Z", "2024-03-01T09:30:15Z", "2024-03-01T09:30:16Z")]
    [InlineData("2024-06-01T09:30:15+01:00", "2024-06-01T08:30:15Z", "2024-06-01T08:30:16Z")]
    [InlineData("2024-03-01T09:30:15.250Z", "2024-03-01T09:30:15.250Z", "2024-03-01T09:30:15.250001Z")]
    public void Period_IsAllThatTheTextLeavesOpen(string text, string from, string to) =>
        Assert.Equal((Time(from), Time(to)), PartialTime.Period(text));

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
    public void Period_OfWhatIsNoDate_IsNone(string text) => Assert.Null(PartialTime.Period(text));

    [Fact]
    public void Period_AtTheEndOfTime_Ends() => Assert.Equal(DateTimeOffset.MaxValue, PartialTime.Period("9999")!.Value.To);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
