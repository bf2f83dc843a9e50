using System.Text;
using Canonbury.Translate.Hl7v2.Parsing;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Parsing;

public sealed class Hl7FileTests
{
    [Fact]
    public void Split_OfABatch_GivesItsMessagesAndAgreesWithTheCounts()
    {
        Hl7File file = Split(@"FHS|^~\&|A", @"BHS|^~\&|A", Hl7.Msh, "PID|1", Hl7.Msh, "PID|2", "BTS|2", @"BHS|^~\&|A", Hl7.Msh, "BTS|1",
            "FTS|2");
        Assert.Equal(["MSH,PID", "MSH,PID", "MSH"], file.Messages.Select(Names));
        Assert.Empty(file.Findings);
    }

    [Theory]
    [InlineData("BTS|3", "FTS|1", "BTS-1")]
    [InlineData("BTS|1", "FTS|2", "FTS-1")]
    [InlineData("BTS|x", "FTS|1", "BTS-1")]
    public void Split_WithAnotherCountInTheTrailer_SaysSo(string bts, string fts, string path)
    {
        Hl7File file = Split(@"FHS|^~\&|A", @"BHS|^~\&|A", Hl7.Msh, bts, fts);
        Assert.Equal((path, "batch-count-mismatch"), (Assert.Single(file.Findings).Path, file.Findings[0].Code));
    }

    [Fact]
    public void Split_OfMessagesWithoutBatch_StartsAtEachHeader() =>
        Assert.Equal(["MSH,PID", "MSH,PV1"], Split(Hl7.Msh, "PID|1", "", "", Hl7.Msh, "PV1|1").Messages.Select(Names));

    [Fact]
    public void Split_ToleratesFrameCharacters() =>
        Assert.Equal(["MSH,PID", "MSH"], Split("\u000B" + Hl7.Msh, "PID|1", "\u001C", "\u000B" + Hl7.Msh, "\u001C").Messages.Select(Names));

    [Fact]
    public void Split_OfNoMessage_SaysSo()
    {
        Hl7File file = Split("hello", "PID|1");
        Assert.Empty(file.Messages);
        Assert.Equal(["file-without-message", "line-outside-message"], file.Findings.Select(finding => finding.Code));
    }

    private static Hl7File Split(params string[] lines) => Hl7File.Split(Encoding.UTF8.GetBytes(string.Join('\r', lines) + "\r"));

    private static string Names(ReadOnlyMemory<byte> message) =>
        string.Join(',', Hl7Message.Parse(message.Span).Segments.Select(segment => segment.Name));
}
