using Canonbury.Fhir.Ids;
using Canonbury.TestData.Samples;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2;
using Xunit;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>
/// Every HL7 v2 sample ends as statements that make valid resources, or as a refusal with a reason, never as another exception. What becomes of
/// them on the whole road is the table in docs/samples-hl7v2.md, which <c>Hl7SamplesTests</c> makes.
/// </summary>
public sealed class AllSamplesTests
{
    private static readonly TranslationContext Context = new(
        new SourceId("samples"),
        TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void EverySample_MakesValidResources_OrIsRefusedWithAReason()
    {
        Assert.SkipWhen(SampleData.Missing("hl7v2"), SampleData.Reason);
        string folder = SampleData.PathOf("hl7v2");
        string[] problems = [..
            from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            where SampleFiles.WhyNoMessage(path) is null
            from message in SampleFiles.MessagesOf(path)
            from problem in Problems(message)
            select $"{Path.GetRelativePath(folder, path)}: {problem}"];

        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    private static IEnumerable<string> Problems(ReadOnlyMemory<byte> message)
    {
        try
        {
            return StatementValidation.Problems(Hl7v2Translator.Translate(message, Context));
        }
        catch (UntranslatableException refusal)
        {
            return refusal is { Path.Length: > 0, Code.Length: > 0, Words.Length: > 0 } ? [] : ["The refusal has no reason."];
        }
        catch (Exception crash) when (crash is not OutOfMemoryException)
        {
            return [crash.ToString()];
        }
    }
}
