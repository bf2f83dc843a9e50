using Canonbury.Fhir.Json;
using Canonbury.Fhir.Validation;
using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Server.Tests.Samples.FhirPush;

/// <summary>
/// Every valid R4 example goes in as JSON and comes out as XML, and goes in as XML and comes out as JSON, without loss, for a client that keeps
/// its ids. https://hl7.org/fhir/R4/json.html#primitive, https://hl7.org/fhir/R4/xml.html
/// </summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private static readonly string[] Folders = ["conformance", "fhir-r4"];

    [Theory]
    [InlineData(WireFormat.Json)]
    [InlineData(WireFormat.Xml)]
    public async Task EveryValidExample_SentInOneForm_ComesOutInTheOther(WireFormat form)
    {
        Assert.SkipWhen(Folders.Any(SampleData.Missing), SampleData.Reason);
        await using RunningServer server = new(("Server:MaxBodyMegabytes", "64"));
        await server.InitializeAsync();

        FhirSampleRun run = new(server);
        await run.RunAsync(Folders.SelectMany(FhirSamples.In).Select(sample => InForm(sample, form)).OfType<FhirSample>());

        output.WriteLine($"REPORT Round trips from {form}: {run.Total.Accepted} examples with {run.Total.Resources} resources, and "
            + $"{run.Total.Refused} that the server takes from nobody ({string.Join(", ", run.Total.Codes.Select(code => $"{code.Value} {code.Key}"))})");
        Assert.True(run.Faults.Count == 0, string.Join('\n', run.Faults));
        Assert.InRange(run.Total.Accepted, 500, int.MaxValue);
    }

    /// <summary>The example in the form in which it is to be sent; null where it is not valid R4.</summary>
    private static FhirSample? InForm(FhirSample sample, WireFormat form) =>
        BaseValidation.Check(sample.Body, sample.Format) is not { IsValid: true, Resource: { } resource } ? null
        : sample.Format == form ? sample with { Origin = "examples" }
        : sample with { Origin = "examples", Format = form, Body = form == WireFormat.Xml ? FhirXml.ToUtf8(resource) : FhirJson.ToUtf8(resource) };
}
