using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>A small bundle cannot make the server hold an answer without bounds.</summary>
public sealed class LargeReadsTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task ReadsOfOneBundle_AreRefusedOnceTheyHaveAnsweredTooMuch()
    {
        await server.SendAsync("PUT", "/fhir/Patient/large", $$$"""{"resourceType":"Patient","id":"large","name":[{"family":"{{{new string('a', 900_000)}}}"}]}""");
        string reads = string.Join(',', Enumerable.Repeat("""{"request":{"method":"GET","url":"Patient/large"}}""", 100));

        JsonNode batch = await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir", $$$"""{"resourceType":"Bundle","type":"batch","entry":[{{{reads}}}]}"""));
        string[] statuses = [.. batch["entry"]!.AsArray().Select(entry => ((string)entry!["response"]!["status"]!)[..3])];
        Assert.Equal(["200", "403"], statuses.Distinct());
        Assert.InRange(statuses.Count(status => status == "200"), 70, 80);

        await ApiServer.RefusedAsync(
            await server.SendAsync("POST", "/fhir", $$$"""{"resourceType":"Bundle","type":"transaction","entry":[{{{reads}}}]}"""), 403, "answer-too-large");
    }
}
