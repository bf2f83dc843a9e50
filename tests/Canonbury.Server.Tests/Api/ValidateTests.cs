using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>$validate. https://hl7.org/fhir/R4/resource-operation-validate.html</summary>
public sealed class ValidateTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Good = """{"resourceType":"Patient","id":"v","gender":"female"}""";
    private const string Bad = """{"resourceType":"Patient","id":"v","gender":"unsure"}""";

    [Fact]
    public async Task GoodResource_IsFine_AndIsNotKept()
    {
        await OutcomeAsync("POST", "/fhir/Patient/$validate", """{"resourceType":"Patient","id":"never-kept"}""", "information valid ");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/never-kept"), 404, "not-found");
    }

    [Fact]
    public async Task BadResource_IsAnsweredWithWhatIsWrong_AndItsElement()
    {
        await OutcomeAsync("POST", "/fhir/Patient/$validate", Bad, "error code-invalid Patient.gender");
        await OutcomeAsync("POST", "/fhir/Patient/$validate", """{"resourceType":"Organization"}""", "error type-mismatch Organization");
        await OutcomeAsync("POST", "/fhir/Patient/$validate", """{"resourceType":"Patient","contact":[{"gender":"male"}]}""", "error invariant Patient.contact[0]");
        string wrapped = $$$"""{"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"create"},{"name":"resource","resource":{{{Bad}}}}]}""";
        await OutcomeAsync("POST", "/fhir/Patient/$validate", wrapped, "error code-invalid Patient.gender");
    }

    [Fact]
    public async Task UnknownProfile_IsAWarning() => await OutcomeAsync(
        "POST", "/fhir/Patient/$validate?profile=http://example.org/none", Good, "warning profile-unknown ");

    [Fact]
    public async Task Mode_AsksWhetherItWouldBeTakenIn()
    {
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync("PUT", "/fhir/Patient/v", Good)).StatusCode);
        await OutcomeAsync("POST", "/fhir/Patient/v/$validate?mode=update", Good, "information valid ");
        await OutcomeAsync("POST", "/fhir/Patient/other/$validate?mode=update", Good, "error id-mismatch Patient.id");
        await OutcomeAsync("GET", "/fhir/Patient/v/$validate", null, "information valid ");
        await OutcomeAsync("POST", "/fhir/Patient/v/$validate?mode=delete", null, "information valid ");
        await OutcomeAsync("POST", "/fhir/Patient/never/$validate?mode=delete", null, "error not-found ");
    }

    [Fact]
    public async Task Request_ThatCannotBeUnderstood_IsRefused()
    {
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient/$validate", "{"), 400, "json-malformed");
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient/$validate?mode=read", Good), 400, "parameter-invalid", "http.mode");
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient/$validate", """{"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"create"}]}"""), 400, "resource-absent");
        await ApiServer.RefusedAsync(
            await server.SendAsync("POST", "/fhir/Patient/$validate", """{"resourceType":"Parameters","parameter":{"name":"resource"}}"""), 400, "type-mismatch");
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir", """{"resourceType":"Bundle","type":"batch","entry":{"fullUrl":"x"}}"""), 400, "type-mismatch");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/never/$validate"), 404, "not-found");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/$validate"), 405, "method-not-supported");
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient/$validate", Good, client: "nobody"), 401, "token-invalid");
    }

    private async Task OutcomeAsync(string method, string path, string? body, string first)
    {
        using HttpResponseMessage answer = await server.SendAsync(method, path, body);
        JsonNode outcome = await ApiServer.BodyAsync(answer);
        Assert.Equal((HttpStatusCode.OK, "OperationOutcome"), (answer.StatusCode, (string?)outcome["resourceType"]));
        JsonNode issue = outcome["issue"]![0]!;
        Assert.Equal(first, $"{issue["severity"]} {issue["details"]!["coding"]![0]!["code"]} {issue["expression"]?[0]}");
    }
}
