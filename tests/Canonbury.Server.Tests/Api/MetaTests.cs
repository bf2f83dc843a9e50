using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>$meta. https://hl7.org/fhir/R4/resource-operation-meta.html</summary>
public sealed class MetaTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Other = "kept-both";

    [Fact]
    public async Task Meta_IsThatOfTheResource_OrEveryLabelInUse()
    {
        await PutAsync("m1", """{"tag":[{"code":"old"}]}""");
        await PutAsync("m1", """{"profile":["http://example.org/p"],"tag":[{"system":"s","code":"new"}]}""");
        await PutAsync("m2", """{"security":[{"code":"R"}],"tag":[{"system":"s","code":"new"}]}""");

        JsonNode one = await MetaAsync("/fhir/Patient/m1/$meta");
        Assert.Equal(("2", "new"), ((string?)one["versionId"], (string?)one["tag"]![0]!["code"]));
        Assert.Equal("old", (string?)(await MetaAsync("/fhir/Patient/m1/_history/1/$meta"))["tag"]![0]!["code"]);
        foreach (string path in new[] { "/fhir/$meta", "/fhir/Patient/$meta" })
        {
            JsonNode all = await MetaAsync(path);
            Assert.Equal("new", (string?)Assert.Single(all["tag"]!.AsArray())!["code"]);
            Assert.Equal("http://example.org/p", (string?)Assert.Single(all["profile"]!.AsArray()));
            Assert.Equal("R", (string?)Assert.Single(all["security"]!.AsArray())!["code"]);
            Assert.Null(all["versionId"]);
        }

        JsonNode none = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag/$meta"));
        Assert.Null(none["parameter"]![0]!["valueMeta"]);
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/never/$meta"), 404, "not-found");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/m1/$meta", client: "kept-two"), 404, "not-found");
    }

    [Fact]
    public async Task Meta_IsAddedToAndTakenFrom_InVersions()
    {
        await PutAsync("c1", """{"tag":[{"system":"s","code":"a"}]}""", Other);
        JsonNode added = await MetaAsync("/fhir/Patient/c1/$meta-add", Parameters("""{"profile":["http://example.org/p"],"tag":[{"system":"s","code":"a"},{"system":"s","code":"b"}]}"""), Other);
        Assert.Equal("2", (string?)added["versionId"]);
        Assert.Equal(["a", "b"], added["tag"]!.AsArray().Select(tag => (string?)tag!["code"]));
        JsonNode left = await MetaAsync("/fhir/Patient/c1/$meta-delete", Parameters("""{"profile":["http://example.org/p"],"tag":[{"system":"s","code":"a"}]}"""), Other);
        Assert.Null(left["profile"]);
        Assert.Equal("b", (string?)Assert.Single(left["tag"]!.AsArray())!["code"]);
        Assert.Equal(["b"], (await MetaAsync("/fhir/Patient/c1/$meta", client: Other))["tag"]!.AsArray().Select(tag => (string?)tag!["code"]));

        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient/c1/$meta-add", """{"resourceType":"Patient"}""", Other), 400, "meta-absent");
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient/never/$meta-add", Parameters("{\"profile\":[\"http://example.org/p\"]}"), Other), 404, "not-found");
    }

    [Fact]
    public async Task Meta_MayBeAskedForInABatch()
    {
        await PutAsync("b1", """{"tag":[{"code":"x"}]}""", Other);
        JsonNode batch = await ApiServer.BodyAsync(await server.SendAsync(
            "POST", "/fhir", """{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient/b1/$meta"}},{"request":{"method":"GET","url":"Patient/b1/_history?_count=1"}}]}""", Other));
        Assert.Equal("x", (string?)batch["entry"]![0]!["resource"]!["parameter"]![0]!["valueMeta"]!["tag"]![0]!["code"]);
        Assert.Equal("history", (string?)batch["entry"]![1]!["resource"]!["type"]);
    }

    private static string Parameters(string meta) => $$$"""{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{{{meta}}}}]}""";

    private async Task<JsonNode> MetaAsync(string path, string? body = null, string client = "kept-one")
    {
        JsonNode parameters = await ApiServer.BodyAsync(await server.SendAsync(body is null ? "GET" : "POST", path, body, client));
        Assert.Equal(("Parameters", "return"), ((string?)parameters["resourceType"], (string?)parameters["parameter"]![0]!["name"]));
        return parameters["parameter"]![0]!["valueMeta"]!;
    }

    private async Task PutAsync(string id, string meta, string client = "kept-one") => Assert.True((await server.SendAsync(
        "PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","meta":{{{meta}}}}""", client)).IsSuccessStatusCode);
}
