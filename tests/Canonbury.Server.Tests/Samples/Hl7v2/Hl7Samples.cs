using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Server.Tests.Samples.Hl7v2;

/// <summary>A server that has taken in every HL7 v2 sample, each origin on a feed of its own: for <c>IClassFixture</c>.</summary>
public sealed class Hl7Samples : IAsyncLifetime
{
    private Hl7SampleRun? run;

    public RunningServer Server { get; } = new();

    /// <summary>Skips the test where there are no samples.</summary>
    internal Hl7SampleRun Run
    {
        get
        {
            Assert.SkipWhen(run is null, SampleData.Reason);
            return run;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!SampleData.Missing("hl7v2"))
        {
            await Server.InitializeAsync();
            run = new Hl7SampleRun(Server, SampleData.PathOf("hl7v2"));
            await run.RunAsync();
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
