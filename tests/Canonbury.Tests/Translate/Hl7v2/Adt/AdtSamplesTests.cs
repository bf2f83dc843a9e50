using Canonbury.TestData.Samples;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Parsing;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Adt;

public sealed class AdtSamplesTests
{
    [Fact]
    public void EverySampleMessage_IsTranslatedOrRefusedWithAReason()
    {
        Assert.SkipWhen(SampleData.Missing("hl7v2"), SampleData.Reason);
        SortedDictionary<string, int> refused = new(StringComparer.Ordinal);
        int translated = 0;
        foreach (string path in Directory.EnumerateFiles(SampleData.PathOf("hl7v2"), "*", SearchOption.AllDirectories))
        {
            foreach (ReadOnlyMemory<byte> message in Hl7File.Split(File.ReadAllBytes(path)).Messages.Where(IsAdt))
            {
                string? reason = ReasonOf(message);
                translated += reason is null ? 1 : 0;
                if (reason is not null)
                {
                    refused[reason] = refused.GetValueOrDefault(reason) + 1;
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"translated {translated}; refused {string.Join(", ", refused)}");
        Assert.True(translated > 380, $"only {translated} were translated");
        Assert.All(refused, pair =>
            Assert.Contains(pair.Key, (string[])["PID patient-missing", "PID-3 patient-id-missing", "MSH-9 event-not-supported"]));
    }

    [Fact]
    public void BrokenSamples_NeverThrowAnythingElse()
    {
        Assert.SkipWhen(SampleData.Missing("hl7v2"), SampleData.Reason);
        byte[] whole = File.ReadAllBytes(SampleData.PathOf("hl7v2", "microsoft-fhir-converter", "ADT-A01-01.hl7"));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(change =>
        {
            byte[] broken = [.. whole];
            broken[change.Item1] = change.Item2;
            broken[change.Item3] = change.Item4;
            ReasonOf(broken);
        });
    }

    private static bool IsAdt(ReadOnlyMemory<byte> message) =>
        MessageHeader.TryRead(message.Span, out MessageHeader? header, out _) && header.MessageCode == "ADT";

    private static string? ReasonOf(ReadOnlyMemory<byte> message)
    {
        try
        {
            Hl7v2Translator.Translate(message, Hl7.Context);
            return null;
        }
        catch (UntranslatableException reason)
        {
            return $"{reason.Path} {reason.Code}";
        }
    }
}
