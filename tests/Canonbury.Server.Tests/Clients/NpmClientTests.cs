using System.Diagnostics;
using Canonbury.Server.Tests.Api;
using Xunit;

namespace Canonbury.Server.Tests.Clients;

/// <summary>Two FHIR clients of the npm registry run a session against the server over HTTP, in Node.</summary>
public sealed class NpmClientTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Missing = "Node or the npm clients are not here: run `npm ci` in tests/Canonbury.Server.Tests/Clients/npm (./test does).";

    [Fact]
    public Task FhirKitClient_SpeaksWithTheServer() => RunAsync(
        "fhir-kit-client.mjs",
        "metadata", "create", "read", "update", "vread", "search", "search by POST", "patch", "history", "transaction", "paging", "everything",
        "compartment", "refusal", "delete");

    [Fact]
    public Task FhirClientOfSmart_SpeaksWithTheServer() => RunAsync(
        "fhirclient.mjs",
        "create", "read of the patient in context", "every page of a search", "reference", "update", "version", "refusal", "delete");

    /// <param name="steps">What the session must have said that it did, in its order.</param>
    private async Task RunAsync(string script, params string[] steps)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "../../../../tests/Canonbury.Server.Tests/Clients/npm");
        Assert.SkipUnless(HasNode() && Directory.Exists(Path.Combine(folder, "node_modules")), Missing);
        ProcessStartInfo start = new("node", [Path.Combine(folder, script), server.Base.ToString(), server.TokenOf("kept-one")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process node = Process.Start(start)!;
        Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        string[] done = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(node.ExitCode == 0, $"After {string.Join(", ", done)}:\n{await errors}");
        Assert.Equal(steps, done);
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));
}
