using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>What a client wants to get back. https://hl7.org/fhir/R4/http.html#ops</summary>
public sealed class PreferTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string BadNumber =
        """{"resourceType":"Patient","id":"pref","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000019"}]}""";

    [Theory]
    [InlineData(null, "Patient")]
    [InlineData("return=representation", "Patient")]
    [InlineData("respond-async, return=representation", "Patient")]
    [InlineData("return=minimal", null)]
    [InlineData("return=OperationOutcome", "OperationOutcome")]
    [InlineData("return=something", "Patient")]
    public async Task EveryWrite_AnswersWithWhatIsPreferred(string? prefer, string? type)
    {
        (string, string)[] headers = prefer is null ? [] : [("Prefer", prefer)];
        foreach (HttpResponseMessage answer in new[]
        {
            await server.SendAsync("POST", "/fhir/Patient", """{"resourceType":"Patient"}""", headers: headers),
            await server.SendAsync("PUT", "/fhir/Patient/pref", """{"resourceType":"Patient","id":"pref"}""", headers: headers),
            await server.SendAsync("PATCH", "/fhir/Patient/pref", "[]", type: "application/json-patch+json", headers: headers),
        })
        {
            string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(type, body.Length == 0 ? null : (string?)JsonNode.Parse(body)!["resourceType"]);
            Assert.True(answer.IsSuccessStatusCode);
            Assert.NotNull(answer.Headers.Location);
            Assert.NotNull(answer.Headers.ETag);
            Assert.NotNull(answer.Content.Headers.LastModified);
        }
    }

    [Fact]
    public async Task OperationOutcome_HoldsWhatWasWrongButDidNotStopIt()
    {
        JsonNode outcome = await ApiServer.BodyAsync(await server.SendAsync("PUT", "/fhir/Patient/pref", BadNumber, headers: ("Prefer", "return=OperationOutcome")));
        Assert.Equal(["information", "warning"], outcome["issue"]!.AsArray().Select(issue => (string?)issue!["severity"]));
        Assert.Equal("Patient.identifier[0].value", (string?)outcome["issue"]![1]!["expression"]![0]);
    }

    [Theory]
    [InlineData("transaction", null, false, false)]
    [InlineData("transaction", "return=minimal", false, false)]
    [InlineData("transaction", "return=representation", true, false)]
    [InlineData("transaction", "return=OperationOutcome", false, true)]
    [InlineData("batch", null, false, false)]
    [InlineData("batch", "return=representation", true, false)]
    [InlineData("batch", "return=OperationOutcome", false, true)]
    public async Task Bundle_AnswersEachWriteWithWhatIsPreferred(string bundle, string? prefer, bool resource, bool outcome)
    {
        string body = $$$"""
            {"resourceType":"Bundle","type":"{{{bundle}}}","entry":[{"request":{"method":"PUT","url":"Patient/pref"},"resource":{{{BadNumber}}}},
             {"request":{"method":"PUT","url":"Patient/pref2"},"resource":{"resourceType":"Patient","id":"pref2"}}]}
            """;
        using HttpResponseMessage answer = await server.SendAsync("POST", "/fhir", body, headers: prefer is null ? [] : [("Prefer", prefer)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonNode[] entries = [.. (await ApiServer.BodyAsync(answer))["entry"]!.AsArray().Select(entry => entry!)];
        Assert.All(entries, entry => Assert.Equal((resource, outcome), (entry["resource"] is not null, entry["response"]!["outcome"] is not null)));
        Assert.All(entries, entry => Assert.True(entry["response"]!["location"] is not null && entry["response"]!["etag"] is not null && entry["response"]!["lastModified"] is not null));
        if (outcome)
        {
            Assert.Equal([2, 1], entries.Select(entry => entry["response"]!["outcome"]!["issue"]!.AsArray().Count));
        }
    }
}
