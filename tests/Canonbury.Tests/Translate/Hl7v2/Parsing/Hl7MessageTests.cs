using Canonbury.Translate;
using Canonbury.Translate.Hl7v2.Parsing;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Parsing;

public sealed class Hl7MessageTests
{
    [Fact]
    public void Field_OfMsh_CountsTheSeparatorAsTheFirst()
    {
        Segment msh = Hl7.Message(Hl7.Msh).Header;
        Assert.Equal("|", msh[1].Raw.ToString());
        Assert.Equal(@"^~\&", msh[2].Raw.ToString());
        Assert.Equal("PAS", msh[3].Text);
        Assert.Equal("A08", msh[9][2].Text);
        Assert.Equal("2.4", msh[12].Text);
        Assert.True(msh[13].IsAbsent);
        Assert.Equal(12, msh.FieldCount);
    }

    [Fact]
    public void Field_HasRepetitionsComponentsAndSubcomponents()
    {
        Field field = Hl7.Message(Hl7.Msh, "PID|1||A^^^HOSP&1.2.3&ISO^MR~~B^^^NHS^NH").First("PID")[3];
        List<string> found = [];
        foreach (Repetition value in field)
        {
            found.Add($"{value.Path}={value[1].Text}/{value[4].Sub(1)}/{value[4].Sub(2)}/{value[5].Text}");
        }

        Assert.Equal(["PID-3=A/HOSP/1.2.3/MR", "PID-3(3)=B/NHS//NH"], found);
    }

    [Theory]
    [InlineData("", true, false)]
    [InlineData("^^", true, false)]
    [InlineData("\"\"", false, true)]
    [InlineData("\"\"^\"\"", false, true)]
    [InlineData("\"\"^X", false, false)]
    [InlineData("\"quoted\"", false, false)]
    [InlineData("\"", false, false)]
    [InlineData("0", false, false)]
    public void Field_KeepsAbsentNullAndValueApart(string text, bool absent, bool isNull)
    {
        Field field = Hl7.Message(Hl7.Msh, $"ZZZ|{text}|").First("ZZZ")[1];
        Assert.Equal((absent, isNull, !absent && !isNull), (field.IsAbsent, field.IsNull, field.IsValued));
    }

    [Fact]
    public void Component_OfExplicitNull_HasNoText()
    {
        Repetition value = Hl7.Message(Hl7.Msh, "ZZZ|\"\"^X").First("ZZZ")[1].First;
        Assert.True(value[1].IsNull);
        Assert.Null(value[1].Text);
        Assert.Equal("X", value[2].Text);
    }

    [Fact]
    public void Field_BeyondTheSegment_IsAbsent()
    {
        Hl7Message message = Hl7.Message(Hl7.Msh, "PID|1");
        Assert.True(message.First("PID")[30].IsAbsent);
        Assert.True(message.First("PV1")[2].IsAbsent);
        Assert.Null(message.First("PV1")[2].Text);
        Assert.Equal("", message.First("PV1").Name);
    }

    [Fact]
    public void Delimiters_AreTheOnesOfTheHeader()
    {
        Hl7Message message = Hl7.Message("MSH*:+!%*PAS*X", "PID*1**A:::H%1.2!F!3+B");
        Field field = message.First("PID")[3];
        Assert.Equal("H", field[4].Sub(1));
        Assert.Equal("1.2*3", field[4].Sub(2));
        Assert.Equal("B", Last(field)[1].Text);
    }

    [Theory]
    [InlineData("MSH|^|PAS")]
    [InlineData("MSH|^~\\&#|PAS")]
    public void Delimiters_MayBeFewerOrHaveTheTruncationCharacter(string header) => Assert.Equal("PAS", Hl7.Message(header).Header[3].Text);

    [Theory]
    [InlineData("MSHA^~\\&APAS", "delimiters-invalid")]
    [InlineData("MSH|^^\\&|PAS", "delimiters-invalid")]
    [InlineData("MSH||PAS", "delimiters-invalid")]
    [InlineData("MSH|^~\\&#!|PAS", "delimiters-invalid")]
    [InlineData("MSH", "delimiters-invalid")]
    [InlineData("PID|1", "header-missing")]
    [InlineData("", "header-missing")]
    public void Parse_WithoutUsableHeader_IsRefusedByName(string text, string code) =>
        Assert.Equal(code, Assert.Throws<UntranslatableException>(() => Hl7Message.Parse(System.Text.Encoding.UTF8.GetBytes(text))).Code);

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\r\n\n")]
    public void Segments_EndInCarriageReturnLineFeedOrBoth(string end)
    {
        Hl7Message message = Hl7Message.Parse(System.Text.Encoding.UTF8.GetBytes(string.Join(end, Hl7.Msh, "PID|1", "ZPD|x") + end));
        Assert.Equal(["MSH", "PID", "ZPD"], message.Segments.Select(segment => segment.Name));
        Assert.Empty(message.Findings);
    }

    [Fact]
    public void LineBreakInsideText_BelongsToTheFieldAndIsReported()
    {
        Hl7Message message = Hl7.Message(Hl7.Msh, "OBX|1|TX|A||first\nsecond line|x");
        Assert.Equal("first\nsecond line", message.First("OBX")[5].Text);
        Assert.Equal("x", message.First("OBX")[6].Text);
        Assert.Equal("line-without-segment", Assert.Single(message.Findings).Code);
    }

    [Fact]
    public void FrameCharacters_AreNoPartOfTheMessage()
    {
        Hl7Message message = Hl7Message.Parse([0x0B, .. Hl7.Bytes(Hl7.Msh, "PID|1"), 0x1C, 0x0D]);
        Assert.Equal(2, message.SegmentCount);
        Assert.Empty(message.Findings);
    }

    [Fact]
    public void UnreadFields_AreCountedByPathAndHoldNoValue()
    {
        Hl7Message message = Hl7.Message(Hl7.Msh, "PID|1||A||B|||F", "ZPD|x|\"\"|^|y", "ZPD|z");
        _ = message.First("PID")[3];
        Assert.Equal(
            [new UnmappedField("PID-5", 1), new UnmappedField("PID-8", 1), new UnmappedField("ZPD-1", 2), new UnmappedField("ZPD-4", 1)],
            message.UnreadFields());
    }

    [Fact]
    public void ControlCharacters_AreReplacedAndReported()
    {
        Hl7Message message = Hl7.Message(Hl7.Msh, "ZZZ|a\u0000b\u0007c\td");
        Assert.Equal("a\uFFFDb\uFFFDc\td", message.First("ZZZ")[1].Text);
        Assert.Equal("control-character", Assert.Single(message.Findings).Code);
    }

    private static Repetition Last(Field field)
    {
        Repetition last = default;
        foreach (Repetition value in field)
        {
            last = value;
        }

        return last;
    }
}
