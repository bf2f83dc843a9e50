using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Transaction and batch, and the search that finds what they wrote.</summary>
public sealed class BundlesTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string TwoPatients = """
        {"resourceType":"Bundle","type":"transaction","entry":[
         {"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","request":{"method":"POST","url":"Patient"},
          "resource":{"resourceType":"Patient","identifier":[{"system":"urn:x","value":"A1"}]}},
         {"request":{"method":"PUT","url":"Condition/c1"},"resource":{"resourceType":"Condition","id":"c1",
          "subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"}}},
         {"request":{"method":"PUT","url":"Condition/c2"},"resource":{"resourceType":"Condition","id":"c2",
          "subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"}}}]}
        """;

    [Fact]
    public async Task Transaction_WritesAll_AndSearchFindsThemByPatientPageByPage()
    {
        JsonNode response = await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir", TwoPatients));
        Assert.Equal("transaction-response", (string?)response["type"]);
        Assert.All(response["entry"]!.AsArray(), e => Assert.Equal("201 Created", (string?)e!["response"]!["status"]));
        string location = (string)response["entry"]![0]!["response"]!["location"]!;
        string patient = location.Split('/')[^3];

        JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", $"/fhir/Condition?patient={patient}&_count=1"));
        string? first = Assert.Single(Ids(found));
        string next = (string)found["link"]!.AsArray().Single(l => (string?)l!["relation"] == "next")!["url"]!;
        string? second = Assert.Single(Ids(await ApiServer.BodyAsync(await server.SendAsync("GET", new Uri(next).PathAndQuery))));
        Assert.Equal(["c1", "c2"], new[] { first, second }.Order(StringComparer.Ordinal));
        Assert.Equal([patient], Ids(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient?identifier=urn:x|A1"))));
        Assert.Equal(["c2"], Ids(await ApiServer.BodyAsync(
            await server.SendAsync("POST", "/fhir/Condition/_search", $"subject=Patient/{patient}&_id=c2", type: "application/x-www-form-urlencoded"))));
    }

    [Fact]
    public async Task Transaction_WithOneBadEntry_WritesNothing()
    {
        string body = """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"request":{"method":"PUT","url":"Patient/t1"},"resource":{"resourceType":"Patient","id":"t1"}},
             {"request":{"method":"PUT","url":"Flag/t2"},"resource":{"resourceType":"Flag","id":"t3","status":"active","code":{"text":"x"},
              "subject":{"display":"who"}}}]}
            """;
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir", body), 400, "id-mismatch", "Bundle.entry[1].resource.id");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/t1"), 404, "not-found");
    }

    private static IEnumerable<string?> Ids(JsonNode bundle) => bundle["entry"]!.AsArray().Select(e => (string?)e!["resource"]!["id"]);
}
