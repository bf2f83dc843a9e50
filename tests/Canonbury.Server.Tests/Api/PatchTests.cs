using System.Net;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>https://hl7.org/fhir/R4/http.html#patch</summary>
public sealed class PatchTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string JsonPatch = "application/json-patch+json";

    [Fact]
    public async Task JsonPatch_MakesTheNextVersion()
    {
        await PutAsync("p1");
        using HttpResponseMessage patched = await PatchAsync("p1", """[{"op":"test","path":"/gender","value":"male"},{"op":"replace","path":"/gender","value":"female"}]""");
        Assert.Equal((HttpStatusCode.OK, "W/\"2\""), (patched.StatusCode, patched.Headers.ETag!.ToString()));
        Assert.EndsWith("/fhir/Patient/p1/_history/2", patched.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(patched.Content.Headers.LastModified);
        JsonNode now = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/p1"));
        Assert.Equal(("female", "2"), ((string?)now["gender"], (string?)now["meta"]!["versionId"]));
    }

    [Theory]
    [InlineData(ApiServer.Json, """{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},{"name":"name","valueString":"birthDate"},{"name":"value","valueDate":"1970-01-01"}]}]}""")]
    [InlineData(ApiServer.Xml, """<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/><part><name value="type"/><valueCode value="add"/></part><part><name value="path"/><valueString value="Patient"/></part><part><name value="name"/><valueString value="birthDate"/></part><part><name value="value"/><valueDate value="1970-01-01"/></part></parameter></Parameters>""")]
    public async Task FhirPathPatch_MakesTheNextVersion(string type, string body)
    {
        await PutAsync("p2");
        JsonNode before = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/p2"));
        if (before["birthDate"] is not null)
        {
            await PatchAsync("p2", """[{"op":"remove","path":"/birthDate"}]""");
        }

        JsonNode patched = await ApiServer.BodyAsync(await server.SendAsync("PATCH", "/fhir/Patient/p2", body, type: type));
        Assert.Equal(("1970-01-01", "male"), ((string?)patched["birthDate"], (string?)patched["gender"]));
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/gender","value":"other"}]""", 422, "patch-test-failed", "JsonPatch[0].value")]
    [InlineData("""[{"op":"replace","path":"/name/0/family","value":"x"}]""", 422, "patch-path-not-found", "JsonPatch[0].path")]
    [InlineData("""[{"op":"replace"}]""", 400, "patch-malformed", "JsonPatch[0].path")]
    [InlineData("nonsense", 400, "patch-malformed", "JsonPatch")]
    [InlineData("""[{"op":"replace","path":"/gender","value":"red"}]""", 422, "code-invalid", "Patient.gender")]
    [InlineData("""[{"op":"add","path":"/colour","value":"red"}]""", 422, "element-unknown", "Patient.colour")]
    [InlineData("""[{"op":"replace","path":"/id","value":"other"}]""", 422, "patch-identity", "Patient.id")]
    [InlineData("""[{"op":"replace","path":"/resourceType","value":"Person"}]""", 422, "patch-identity", "Patient.id")]
    [InlineData("""[{"op":"replace","path":"","value":[]}]""", 422, "json-malformed", null)]
    public async Task Patch_ThatCannotBeApplied_ChangesNothing(string patch, int status, string code, string? element)
    {
        await PutAsync("p3");
        using HttpResponseMessage patched = await PatchAsync("p3", patch);
        await ApiServer.RefusedAsync(patched, status, code, element);
        Assert.Equal("W/\"1\"", (await server.SendAsync("GET", "/fhir/Patient/p3")).Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Patch_OfWhatIsNotThere_IsNotFound()
    {
        await ApiServer.RefusedAsync(await PatchAsync("never", "[]"), 404, "not-found");
        await server.SendAsync("PUT", "/fhir/Patient/theirs", """{"resourceType":"Patient","id":"theirs"}""", "kept-two");
        await ApiServer.RefusedAsync(await PatchAsync("theirs", "[]"), 404, "not-found");
        await PutAsync("p4");
        await server.SendAsync("DELETE", "/fhir/Patient/p4");
        await ApiServer.RefusedAsync(await PatchAsync("p4", "[]"), 410, "deleted");
    }

    [Theory]
    [InlineData("application/xml-patch+xml", "<diff/>", 415, "format-not-supported")]
    [InlineData("text/plain", "[]", 415, "format-not-supported")]
    [InlineData(ApiServer.Json, """{"resourceType":"Patient"}""", 400, "type-mismatch")]
    [InlineData(ApiServer.Json, "[]", 400, "json-malformed")]
    public async Task Patch_OfAnotherForm_IsRefused(string type, string body, int status, string code)
    {
        await PutAsync("p5");
        await ApiServer.RefusedAsync(await server.SendAsync("PATCH", "/fhir/Patient/p5", body, type: type), status, code);
    }

    [Fact]
    public async Task Patch_WithAnOldVersionToMatch_IsRefused()
    {
        await PutAsync("p6");
        using HttpResponseMessage first = await PatchAsync("p6", """[{"op":"replace","path":"/gender","value":"female"}]""", ("If-Match", "W/\"1\""));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await ApiServer.RefusedAsync(
            await PatchAsync("p6", """[{"op":"replace","path":"/gender","value":"other"}]""", ("If-Match", "W/\"1\"")), 412, "version-conflict", "http.If-Match");
        Assert.Equal("female", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/p6")))["gender"]);
    }

    [Fact]
    public async Task PatchesAtOnce_AreAllInTheResource()
    {
        await server.SendAsync("PUT", "/fhir/Patient/p7", """{"resourceType":"Patient","id":"p7","telecom":[{"value":"first"}]}""");
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => PatchAsync(
            "p7", $$$"""[{"op":"add","path":"/telecom/-","value":{"value":"n{{{i}}}"}}]""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        JsonNode now = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/p7"));
        Assert.Equal(
            Enumerable.Range(0, 30).Select(i => $"n{i}").Append("first").Order(StringComparer.Ordinal),
            now["telecom"]!.AsArray().Select(telecom => (string)telecom!["value"]!).Order(StringComparer.Ordinal));
        Assert.Equal("31", (string?)now["meta"]!["versionId"]);
    }

    [Fact]
    public async Task Patch_WhereIdsAreMapped_LeavesReferencesAsTheyAre()
    {
        const string Client = "mapped-one";
        await server.SendAsync("PUT", "/fhir/Patient/7", """{"resourceType":"Patient","id":"7"}""", Client);
        JsonNode before = await ApiServer.BodyAsync(await server.SendAsync("PUT", "/fhir/Flag/f", """
            {"resourceType":"Flag","id":"f","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/7"},"author":{"reference":"Practitioner/later"}}
            """, Client));
        string ours = ResourceIds.FhirId(new SourceId(Client), "Flag", "f");
        foreach ((string id, string status) in new[] { ("f", "inactive"), (ours, "entered-in-error") })
        {
            JsonNode after = await ApiServer.BodyAsync(await server.SendAsync(
                "PATCH", "/fhir/Flag/" + id, $$$"""[{"op":"replace","path":"/status","value":"{{{status}}}"},{"op":"add","path":"/encounter","value":{"reference":"Encounter/1"}}]""", Client, JsonPatch));
            Assert.Equal(
                (ours, status, before["subject"]!.ToJsonString(), before["author"]!.ToJsonString(), ResourceIds.Reference(new SourceId(Client), "Encounter", "1")),
                ((string?)after["id"], (string?)after["status"], after["subject"]!.ToJsonString(), after["author"]!.ToJsonString(), (string?)after["encounter"]!["reference"]));
        }
    }

    [Fact]
    public async Task ConditionalPatch_ChangesTheOneMatch()
    {
        const string Patch = """[{"op":"replace","path":"/gender","value":"other"}]""";
        await server.SendAsync("PUT", "/fhir/Patient/p8", """{"resourceType":"Patient","id":"p8","gender":"male","identifier":[{"system":"urn:p","value":"8"}]}""");
        using HttpResponseMessage patched = await server.SendAsync("PATCH", "/fhir/Patient?identifier=urn:p|8", Patch, type: JsonPatch);
        Assert.Equal(("p8", "other"), ((string?)(await ApiServer.BodyAsync(patched))["id"], (string?)(await ApiServer.BodyAsync(patched))["gender"]));
        await ApiServer.RefusedAsync(await server.SendAsync("PATCH", "/fhir/Patient?identifier=urn:p|none", Patch, type: JsonPatch), 404, "not-found");
        await ApiServer.RefusedAsync(await server.SendAsync("PATCH", "/fhir/Patient", Patch, type: JsonPatch), 400, "criteria-absent");
        await server.SendAsync("PUT", "/fhir/Patient/p9", """{"resourceType":"Patient","id":"p9","gender":"male","identifier":[{"system":"urn:p","value":"8"}]}""");
        await ApiServer.RefusedAsync(await server.SendAsync("PATCH", "/fhir/Patient?identifier=urn:p|8", Patch, type: JsonPatch), 412, "multiple-matches");
    }

    private Task<HttpResponseMessage> PatchAsync(string id, string patch, params (string, string)[] headers) =>
        server.SendAsync("PATCH", "/fhir/Patient/" + id, patch, type: JsonPatch, headers: headers);

    private Task PutAsync(string id) => server.SendAsync("PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","gender":"male"}""");
}
