using System.Text;
using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Parsing;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2;

public sealed class AcknowledgementTests
{
    private static readonly DateTimeOffset At = new(2024, 5, 1, 10, 15, 1, TimeSpan.FromHours(1));

    [Fact]
    public void For_AnswersInTheSendersDelimitersAndReturnsItsNames()
    {
        MessageHeader header = Header("MSH*:~!&*PAS:1*RQX*CAN*C*20240501**ADT:A01*4!F!2*T*2.4******8859/1");
        Assert.Equal(
            "MSH*:~!&*CAN*C*PAS:1*RQX*20240501101501+0100**ACK:A01:ACK*A1*T*2.4******8859/1\rMSA*AA*4!F!2\r",
            Encoding.Latin1.GetString(Acknowledgement.For(header, AcknowledgementCode.AA, null, At, "A1")));
    }

    [Fact]
    public void For_AnError_CarriesErr()
    {
        byte[] ack = Acknowledgement.For(
            Header(Hl7.Msh), AcknowledgementCode.AR, "No | here", At, "A1", new AcknowledgementError("203", "MSH-12"));
        Hl7Message message = Hl7Message.Parse(ack);
        Assert.Equal("AR", message.First("MSA")[1].Text);
        Assert.Equal("42", message.First("MSA")[2].Text);
        Assert.Equal("No | here", message.First("MSA")[3].Text);
        Assert.Equal("MSH^1^12", message.First("ERR")[2].Raw.ToString());
        Assert.Equal("203", message.First("ERR")[3].Text);
        Assert.Equal("E", message.First("ERR")[4].Text);
        Assert.Equal("No | here", message.First("ERR")[8].Text);
    }

    [Theory]
    [InlineData("", "", ReceiptOutcome.Accepted, AcknowledgementCode.AA)]
    [InlineData("", "", ReceiptOutcome.Error, AcknowledgementCode.AE)]
    [InlineData("", "", ReceiptOutcome.Rejected, AcknowledgementCode.AR)]
    [InlineData("AL", "NE", ReceiptOutcome.Accepted, AcknowledgementCode.CA)]
    [InlineData("AL", "AL", ReceiptOutcome.Error, AcknowledgementCode.CE)]
    [InlineData("ER", "NE", ReceiptOutcome.Accepted, null)]
    [InlineData("ER", "NE", ReceiptOutcome.Rejected, AcknowledgementCode.CR)]
    [InlineData("SU", "NE", ReceiptOutcome.Accepted, AcknowledgementCode.CA)]
    [InlineData("SU", "NE", ReceiptOutcome.Error, null)]
    [InlineData("NE", "AL", ReceiptOutcome.Accepted, AcknowledgementCode.AA)]
    [InlineData("NE", "NE", ReceiptOutcome.Accepted, null)]
    public void CodeFor_FollowsTheModeOfMsh15AndMsh16(string accept, string application, ReceiptOutcome outcome,
        AcknowledgementCode? code) =>
        Assert.Equal(code, Acknowledgement.CodeFor(Header($"{Hl7.Msh}|||{accept}|{application}"), outcome));

    [Fact]
    public void Header_OfAMessageThatIsBrokenBelow_IsRead()
    {
        byte[] bytes = [.. Hl7.Bytes(Hl7.Msh), 0xFF, 0x00, (byte)'|'];
        Assert.True(MessageHeader.TryRead(bytes, out MessageHeader? header, out _));
        Assert.Equal(("ADT", "A08", "42", "PAS", "RQX", "2.4"),
            (header.MessageCode, header.TriggerEvent, header.ControlId, header.SendingApplication, header.SendingFacility, header.Version));
    }

    [Theory]
    [InlineData("ADT^A01", "ADT", "A01")]
    [InlineData("ADT^^ADT_A01", "ADT", "A01")]
    [InlineData("ADT_A01", "ADT", "A01")]
    [InlineData("ACK", "ACK", "")]
    [InlineData("", "", "")]
    public void Header_ReadsTheEventAsSendersWriteIt(string type, string code, string trigger)
    {
        MessageHeader header = Header($@"MSH|^~\&|||||||{type}");
        Assert.Equal((code, trigger), (header.MessageCode, header.TriggerEvent));
    }

    private static MessageHeader Header(string msh)
    {
        Assert.True(MessageHeader.TryRead(Encoding.UTF8.GetBytes(msh + "\rPID|1\r"), out MessageHeader? header, out _));
        return header;
    }
}
