using System.Buffers;
using System.Text;
using Canonbury.Intake.Sources.Mllp;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Intake;

public sealed class MllpFramingTests
{
    private const string Start = "\u000b";
    private const string End = "\u001c\r";
    private const int Limit = 60;

    [Fact]
    public void Read_TwoFramesInOnePacket_GivesBoth() =>
        Assert.Equal(["MSH|1", "MSH|2"], Messages($"{Start}MSH|1{End}{Start}MSH|2{End}"));

    [Fact]
    public void Read_AFrameSplitAnywhere_GivesTheSameMessage()
    {
        string stream = $"{Start}MSH|1\rPID|{End}";
        for (int cut = 0; cut <= stream.Length; cut++)
        {
            Assert.Equal(["MSH|1\rPID|"], Messages(stream[..cut], stream[cut..]));
        }
    }

    [Fact]
    public void Read_WithoutTheLastCarriageReturn_EndsTheFrameAtTheEndBlock() =>
        Assert.Equal(["MSH|1", "MSH|2"], Messages($"{Start}MSH|1\u001c{Start}MSH|2\u001c"));

    [Fact]
    public void Read_GarbageBetweenFrames_IsDiscardedAndCountedWithoutLineEnds()
    {
        MllpFraming framing = new(Limit);
        Assert.Equal(["MSH|1", "MSH|2"], Messages(framing, $"GET /\r\n{Start}MSH|1{End}\nab{Start}MSH|2{End}"));
        Assert.Equal(7, framing.DiscardedBytes);
    }

    [Fact]
    public void Read_AFrameThatTheSenderGaveUp_IsDroppedAndTheNextOneKept()
    {
        MllpFraming framing = new(Limit);
        Assert.Equal(["MSH|2"], Messages(framing, $"{Start}MSH|1\rPI{Start}MSH|2{End}"));
        Assert.Equal(1, framing.CutOff);
    }

    [Fact]
    public void Read_AVerticalTabInTheText_IsContent() =>
        Assert.Equal(["MSH|1\rNTE|a\u000bb\u000bM"], Messages($"{Start}MSH|1\rNTE|a\u000bb\u000bM{End}"));

    [Fact]
    public void Read_AFrameOverTheLimit_IsReportedWithItsHeadAndTheNextOneIsRead() =>
        Assert.Equal(
            ["too large: MSH|1", "MSH|2"],
            Messages($"{Start}MSH|1{new string('x', Limit)}", new string('y', 5000), $"{End}{Start}MSH|2{End}").Select(text => text[..Math.Min(16, text.Length)]));

    [Fact]
    public void Read_AFrameOfExactlyTheLimit_IsAMessage() =>
        Assert.Single(Messages(Start + "MSH" + new string('x', Limit - 3) + End), text => text.StartsWith("MSH", StringComparison.Ordinal));

    [Fact]
    public void Read_AnOverlongFrameWithoutEnd_EndsWhereTheNextHeaderStarts() =>
        Assert.Equal("MSH|2", Messages($"{Start}MSH|1{new string('x', 500)}{Start}M", $"SH|2{End}")[^1]);

    [Fact]
    public void Read_ManyAbandonedStarts_NeedNoStack()
    {
        MllpFraming framing = new(Limit);
        Messages(framing, string.Concat(Enumerable.Repeat(Start + "MSH", 200_000)));
        Assert.Equal(199_999, framing.CutOff);
    }

    [Fact]
    public void Read_AnyBytesInAnyPackets_GivesWhatOnePacketGives()
    {
        string[] parts = [Start, End, "\u001c", "\r", "\n", "MSH|", "FHS|", "M", "S", "H", "x", new string('y', 20), new string('z', 61)];
        Gen<string> stream = Gen.Int[0, parts.Length - 1].Select(index => parts[index]).Array[0, 60].Select(string.Concat);
        Gen.Select(stream, Gen.Int[1, 40].Array[1, 30]).Sample((text, sizes) =>
        {
            MllpFraming whole = new(Limit);
            MllpFraming cut = new(Limit);
            Assert.Equal(Messages(whole, text), Messages(cut, [.. Cut(text, sizes)]));
            Assert.Equal(whole.DiscardedBytes, cut.DiscardedBytes);
            Assert.Equal(whole.CutOff, cut.CutOff);
        });
    }

    private static IEnumerable<string> Cut(string text, int[] sizes)
    {
        for (int at = 0, next = 0; at < text.Length; at += sizes[next++ % sizes.Length])
        {
            yield return text.Substring(at, Math.Min(sizes[next % sizes.Length], text.Length - at));
        }
    }

    private static List<string> Messages(params string[] packets) => Messages(new MllpFraming(Limit), packets);

    /// <summary>What comes out when the packets arrive one after the other; what was not taken is offered again with the next one.</summary>
    private static List<string> Messages(MllpFraming framing, params string[] packets)
    {
        List<string> messages = [];
        byte[] kept = [];
        foreach (string packet in packets)
        {
            ReadOnlySequence<byte> buffer = new([.. kept, .. Encoding.Latin1.GetBytes(packet)]);
            MllpFrame kind;
            while ((kind = framing.Read(ref buffer, out ReadOnlySequence<byte> content)) != MllpFrame.None)
            {
                messages.Add((kind == MllpFrame.TooLarge ? "too large: " : "") + Encoding.Latin1.GetString(content));
            }

            kept = buffer.ToArray();
        }

        return messages;
    }
}
