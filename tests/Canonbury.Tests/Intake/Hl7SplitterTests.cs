using System.Text;
using Canonbury.Intake.Sources.FileDrop;
using Canonbury.TestData.Samples;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2.Parsing;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Intake;

public sealed class Hl7SplitterTests
{
    private const string Batch = "FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|1\rPID|1\r\nMSH|^~\\&|2\rPID|1\rBTS|2\rFTS|1\r";

    [Fact]
    public void Split_ABatch_GivesItsMessages()
    {
        (string[] messages, Finding[] findings) = Split(Encoding.Latin1.GetBytes(Batch), [1000]);
        Assert.Equal(["MSH|^~\\&|1\rPID|1", "MSH|^~\\&|2\rPID|1"], messages);
        Assert.Empty(findings);
    }

    [Fact]
    public void Split_ABatchWhoseCountIsWrong_SaysSo() =>
        Assert.Equal("batch-count-mismatch", Assert.Single(Split(Encoding.Latin1.GetBytes(Batch.Replace("BTS|2", "BTS|3", StringComparison.Ordinal)), [7]).Findings).Code);

    [Fact]
    public void Split_AMessageOverTheLimit_LeavesItOutAndSaysSo()
    {
        Hl7Splitter splitter = new(100);
        splitter.Add(Encoding.Latin1.GetBytes($"MSH|^~\\&|1\rOBX|{new string('x', 5000)}\rMSH|^~\\&|2\r"));
        splitter.End();
        Assert.Equal("MSH|^~\\&|2", Encoding.Latin1.GetString(Assert.Single(splitter.Messages)));
        Assert.Equal("message-too-large", Assert.Single(splitter.Findings).Code);
    }

    [Fact]
    public void Split_AnyBytesInAnyPieces_GivesWhatTheWholeFileGives()
    {
        string[] parts = ["MSH|", "BHS|", "FHS|", "BTS|1", "BTS|2|x", "FTS|1", "MSH", "MSHX", "PID|1", "\r", "\r", "\n", "\u000b", "\u001c", "\0", " ", "x", "M"];
        Gen<string> file = Gen.Int[0, parts.Length - 1].Select(index => parts[index]).Array[0, 40].Select(string.Concat);
        Gen.Select(file, Gen.Int[1, 9].Array[1, 20]).Sample((text, sizes) => SameAsWhole(Encoding.Latin1.GetBytes(text), sizes));
    }

    [Fact]
    public void Split_EverySample_GivesWhatTheWholeFileGives()
    {
        Assert.SkipWhen(SampleData.Missing("hl7v2"), SampleData.Reason);
        int files = 0;
        foreach (string path in Directory.EnumerateFiles(SampleData.PathOf("hl7v2"), "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (!MessageText.IsUtf16(bytes))
            {
                SameAsWhole(bytes, [4093]);
                files++;
            }
        }

        Assert.InRange(files, 100, 10_000);
    }

    private static void SameAsWhole(byte[] bytes, int[] sizes)
    {
        bytes = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        Hl7File whole = Hl7File.Split(MessageText.IsUtf16(bytes) ? [] : bytes);
        (string[] messages, Finding[] findings) = Split(MessageText.IsUtf16(bytes) ? [] : bytes, sizes);
        Assert.Equal(whole.Messages.Select(message => Encoding.Latin1.GetString(message.Span)), messages);
        Assert.Equal(whole.Findings, findings);
    }

    private static (string[] Messages, Finding[] Findings) Split(byte[] bytes, int[] sizes)
    {
        Hl7Splitter splitter = new(64 << 20);
        for (int at = 0, next = 0; at < bytes.Length; next++)
        {
            int size = Math.Min(sizes[next % sizes.Length], bytes.Length - at);
            splitter.Add(bytes.AsSpan(at, size));
            at += size;
        }

        splitter.End();
        return ([.. splitter.Messages.Select(Encoding.Latin1.GetString)], [.. splitter.Findings]);
    }
}
