using System.Text;
using Canonbury.Translate.Hl7v2.Parsing;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Parsing;

public sealed class MessageTextTests
{
    private const string Name = "Zoë Müller";

    [Theory]
    [InlineData("UNICODE UTF-8", "utf-8", null)]
    [InlineData("", "utf-8", null)]
    [InlineData("8859/1", "iso-8859-1", null)]
    [InlineData("8859/15", "iso-8859-15", null)]
    [InlineData("", "iso-8859-1", "charset-missing")]
    [InlineData("KLINGON", "utf-8", "charset-unknown")]
    [InlineData("KLINGON", "iso-8859-1", "charset-unknown")]
    [InlineData("UNICODE UTF-8", "iso-8859-1", "charset-mismatch")]
    [InlineData("ASCII", "iso-8859-1", "charset-mismatch")]
    [InlineData("ASCII~UNICODE UTF-8", "utf-8", "charset-mismatch")]
    public void Decode_FollowsMsh18AndFallsBackWithAFinding(string declared, string actual, string? finding)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(actual) ?? Encoding.GetEncoding(actual);
        byte[] bytes = encoding.GetBytes($"{Hl7.Msh}||||||{declared}\rPID|1||||{Name}\r");
        Hl7Message message = Hl7Message.Parse(bytes);
        Assert.Equal(Name, message.First("PID")[5].Text);
        Assert.Equal(finding, message.Findings.SingleOrDefault()?.Code);
    }

    [Fact]
    public void Decode_OfWindows1252UnderIso88591_ReadsTheQuote()
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes($"{Hl7.Msh}||||||8859/1\rPID|1||||O"), 0x92, .. Encoding.Latin1.GetBytes("Brien\r")];
        Hl7Message message = Hl7Message.Parse(bytes);
        Assert.Equal("O’Brien", message.First("PID")[5].Text);
        Assert.Equal("charset-windows-1252", Assert.Single(message.Findings).Code);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Utf16_IsSeenAndRead(bool bigEndian, bool mark)
    {
        UnicodeEncoding encoding = new(bigEndian, mark);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes($"{Hl7.Msh}||||||UNICODE UTF-16\rPID|1||||{Name}\r")];
        Assert.True(MessageText.IsUtf16(bytes));
        Assert.Equal(Name, Hl7Message.Parse(bytes).First("PID")[5].Text);
        Assert.Equal(Name, Hl7Message.Parse(Hl7File.Split(bytes).Messages[0].Span).First("PID")[5].Text);
    }

    [Fact]
    public void Utf8ByteOrderMark_IsNoPartOfTheMessage()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Hl7.Bytes(Hl7.Msh, $"PID|1||||{Name}")];
        Assert.False(MessageText.IsUtf16(bytes));
        Assert.Equal(Name, Hl7Message.Parse(bytes).First("PID")[5].Text);
    }
}
