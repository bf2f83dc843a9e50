using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Datatypes;

public sealed class MomentTests
{
    [Theory]
    [InlineData("2024", "2024", "2024")]
    [InlineData("202405", "2024-05", "2024-05")]
    [InlineData("20240501", "2024-05-01", "2024-05-01")]
    [InlineData("2024050113", "2024-05-01T13:00:00+01:00", "2024-05-01")]
    [InlineData("202401011330", "2024-01-01T13:30:00+00:00", "2024-01-01")]
    [InlineData("20240501133015", "2024-05-01T13:30:15+01:00", "2024-05-01")]
    [InlineData("20240501133015.25", "2024-05-01T13:30:15.25+01:00", "2024-05-01")]
    [InlineData("20240501133015.1234-0500", "2024-05-01T13:30:15.1234-05:00", "2024-05-01")]
    [InlineData("202405011330+0000", "2024-05-01T13:30:00+00:00", "2024-05-01")]
    [InlineData("20240501133015Z", "2024-05-01T13:30:15+00:00", "2024-05-01")]
    [InlineData("20240229", "2024-02-29", "2024-02-29")]
    [InlineData("20240501000000^D", "2024-05-01", "2024-05-01")]
    [InlineData("20240501^Y", "2024", "2024")]
    [InlineData("18400101", "1840-01-01", "1840-01-01")]
    public void Read_KeepsThePrecisionAndTheOffset(string text, string dateTime, string date)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        Moment moment = Assert.NotNull(Moment.Read(value, draft));
        Assert.Equal((dateTime, date), (moment.DateTime, moment.Date));
        Assert.Empty(draft.Message.Findings);
    }

    [Theory]
    [InlineData("20230229")]
    [InlineData("20241301")]
    [InlineData("20240500")]
    [InlineData("202405012460")]
    [InlineData("20240501133060")]
    [InlineData("2024-05-01")]
    [InlineData("00000000")]
    [InlineData("20245")]
    [InlineData("20240501+9900")]
    [InlineData("20240501133015.")]
    [InlineData("202405.5")]
    [InlineData("yesterday")]
    [InlineData("٢٠٢٤")]
    public void Read_OfNoDate_IsAFindingAndNothingElse(string text)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        Assert.Null(Moment.Read(value, draft));
        Assert.Equal(("ZZZ-1.1", "time-invalid"), (draft.Message.Findings.Single().Path, draft.Message.Findings[0].Code));
        Assert.DoesNotContain(text, draft.Message.Findings[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InTheHourThatComesTwice_TakesTheFirstAndSaysSo()
    {
        (Repetition value, Draft draft) = Hl7.Value("202410270130");
        Assert.Equal("2024-10-27T01:30:00+01:00", Moment.Read(value, draft)?.DateTime);
        Assert.Equal("time-ambiguous", Assert.Single(draft.Message.Findings).Code);
    }

    [Theory]
    [InlineData("202410270130+0000", "2024-10-27T01:30:00+00:00")]
    [InlineData("20241027", "2024-10-27")]
    public void Read_WithAnOffsetOrWithoutATime_IsNotAmbiguous(string text, string expected)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        Assert.Equal(expected, Moment.Read(value, draft)?.DateTime);
        Assert.Empty(draft.Message.Findings);
    }

    [Fact]
    public void Read_InTheHourThatSpringLeavesOut_SaysSo()
    {
        (Repetition value, Draft draft) = Hl7.Value("202403310130");
        Assert.Equal("2024-03-31T01:30:00+00:00", Moment.Read(value, draft)?.DateTime);
        Assert.Equal("time-not-existing", Assert.Single(draft.Message.Findings).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    public void Read_OfNothing_IsNull(string text)
    {
        (Repetition value, Draft draft) = Hl7.Value(text + "|x");
        Assert.Null(Moment.Read(value, draft));
        Assert.Empty(draft.Message.Findings);
    }

    [Fact]
    public void Instant_OfADate_IsNull()
    {
        (Repetition value, Draft draft) = Hl7.Value("20240501");
        Assert.Null(Moment.Read(value, draft)?.Instant);
    }
}
