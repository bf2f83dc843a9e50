using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>
/// Every HL7 v2 sample ends as statements or as a refusal with a reason, never as another exception; what comes of them is the table in
/// docs/samples-hl7v2.md, which changes only when someone approves it.
/// </summary>
public sealed class AllSamplesTests(ITestOutputHelper output)
{
    [Fact]
    public void EverySample_IsTranslatedOrRefused_AndTheTableIsTheApprovedOne()
    {
        Assert.SkipWhen(SampleData.Missing("hl7v2"), SampleData.Reason);

        SampleRun run = SampleRun.Of(SampleData.PathOf("hl7v2"));
        string table = SampleTable.Write(run);
        output.WriteLine(table);

        Assert.True(run.Crashes.Count == 0, string.Join('\n', run.Crashes));
        Assert.True(run.Invalid.Count == 0, string.Join('\n', run.Invalid));
        ApprovedFile.Check("docs/samples-hl7v2.md", table);
    }
}
