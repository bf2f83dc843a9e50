using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>$meta. https://hl7.org/fhir/R4/resource-operation-meta.html</summary>
public sealed class MetaTests(ApiServer server) : IClassFixture<ApiServer>
{
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

    private async Task<JsonNode> MetaAsync(string path)
    {
        JsonNode parameters = await ApiServer.BodyAsync(await server.SendAsync("GET", path));
        Assert.Equal(("Parameters", "return"), ((string?)parameters["resourceType"], (string?)parameters["parameter"]![0]!["name"]));
        return parameters["parameter"]![0]!["valueMeta"]!;
    }

    private async Task PutAsync(string id, string meta) => Assert.True((await server.SendAsync(
        "PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","meta":{{{meta}}}}""")).IsSuccessStatusCode);
}
