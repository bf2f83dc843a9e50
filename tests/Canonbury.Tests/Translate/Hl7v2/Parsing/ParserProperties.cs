using System.Text;
using Canonbury.TestData.Samples;
using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Parsing;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Parsing;

public sealed class ParserProperties
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["abcXYZ 0|^~\\&'\"é.-"], 0, 12];

    [Fact]
    public void RandomBytes_AreReadOrRefusedAndNeverThrow() => Gen.Byte.Array[0, 300].Sample(ReadEverything, iter: 5_000);

    [Fact]
    public void RandomMessageCharacters_AreReadOrRefusedAndNeverThrow() =>
        Gen.String[Gen.Char["|^~\\&\r\n\"PIDMSHOBX12 #.X\0é"], 0, 200]
            .Sample(text => ReadEverything(Encoding.UTF8.GetBytes(Hl7.Msh + text)), iter: 5_000);

    [Fact]
    public void WhatWasWritten_IsReadBack() => Text.Array[1, 4].Array[1, 4].Array[1, 8].Sample(fields =>
    {
        string segment = "ZZZ|" + string.Join('|', fields.Select(field =>
            string.Join('~', field.Select(value => string.Join('^', value.Select(part => Escapes.Encode(part, Delimiters.Usual)))))));
        Segment read = Hl7.Message(Hl7.Msh, segment).First("ZZZ");
        for (int field = 0; field < fields.Length; field++)
        {
            foreach (Repetition value in read[field + 1])
            {
                for (int part = 0; part < fields[field][value.Number - 1].Length; part++)
                {
                    string written = fields[field][value.Number - 1][part].Trim();
                    Assert.Equal(written is "" or "\"\"" ? null : written, value[part + 1].Text);
                }
            }
        }
    });

    [Fact]
    public void EverySample_IsReadOrRefusedAndNeverThrows()
    {
        Assert.SkipWhen(SampleData.Missing("hl7v2"), SampleData.Reason);
        int messages = 0;
        foreach (string path in Directory.EnumerateFiles(SampleData.PathOf("hl7v2"), "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(path);
            ReadEverything(bytes);
            foreach (ReadOnlyMemory<byte> message in Hl7File.Split(bytes).Messages)
            {
                messages++;
                ReadEverything(message.ToArray());
            }
        }

        Assert.True(messages > 1_000, $"only {messages} messages were found");
    }

    private static void ReadEverything(byte[] bytes)
    {
        Hl7File.Split(bytes);
        if (MessageHeader.TryRead(bytes, out MessageHeader? header, out _))
        {
            Acknowledgement.For(header, AcknowledgementCode.AA, "text", Hl7.Context.ReceivedAt, "1");
        }

        if (!Hl7Message.TryParse(bytes, out Hl7Message? message, out _))
        {
            return;
        }

        PatientKey.Find(message);
        foreach (Segment segment in message.Segments)
        {
            for (int number = 1; number <= segment.FieldCount; number++)
            {
                foreach (Repetition value in segment[number])
                {
                    _ = value[1].Text + value[2].Text + value[3].Sub(2) + value.WholeText;
                }
            }
        }

        Assert.Empty(message.UnreadFields());
    }
}
