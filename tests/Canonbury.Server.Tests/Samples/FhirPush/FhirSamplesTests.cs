using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Server.Tests.Samples.FhirPush;

/// <summary>
/// Every FHIR R4 sample over HTTP: it goes in and is read back as it was sent, or is refused with an OperationOutcome that names the element.
/// Then the record of every person that came of it opens.
/// </summary>
public sealed class FhirSamplesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EverySample_GoesInAndIsReadBack_OrIsRefusedWithTheElementNamed()
    {
        Assert.SkipWhen(FhirSamples.Missing, SampleData.Reason);
        string[] sources = [.. FhirSamples.All().Select(sample => FhirSampleRun.SourceOf(sample.Origin)).Distinct()];
        await using RunningServer server = new([.. sources.SelectMany((code, at) => new[]
        {
            ($"Intake:Sources:{at}:Code", code), ($"Intake:Sources:{at}:Name", code),
        })]);
        await server.InitializeAsync();

        FhirSampleRun mapped = new(server);
        await mapped.RunAsync(FhirSamples.All());
        FhirSampleRun kept = new(server, "-kept");
        await kept.RunAsync(FhirSamples.All());

        string table = FhirSamplesTable.Write(mapped, kept);
        foreach (string row in table.Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal)))
        {
            output.WriteLine("REPORT FHIR R4 samples " + row);
        }

        using RecordWalk walk = new(server);
        await walk.RunAsync();
        output.WriteLine($"REPORT FHIR R4 samples: the records of {walk.People} people open, {walk.Pages} pages");
        string[] faults = [.. walk.Faults, .. mapped.Faults, .. kept.Faults];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        string? difference = ApprovedFile.Difference(FhirSamplesTable.Page, table);
        Assert.True(difference is null, difference);
    }
}
