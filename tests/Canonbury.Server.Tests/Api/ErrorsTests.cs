using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Every error is an OperationOutcome.</summary>
public sealed class ErrorsTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("GET", "/fhir/Patient/1", 401, "token-invalid")]
    [InlineData("POST", "/fhir", 401, "token-invalid")]
    public async Task WithoutAToken_IsUnauthorised(string method, string path, int status, string code)
    {
        using HttpResponseMessage response = await server.SendAsync(method, path, client: "nobody");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        await ApiServer.RefusedAsync(response, status, code);
    }

    [Theory]
    [InlineData("GET", "/fhir/Nothing/1", 404, "resource-type-unknown")]
    [InlineData("GET", "/fhir/DomainResource/1", 404, "resource-type-unknown")]
    [InlineData("GET", "/fhir/Resource", 404, "resource-type-unknown")]
    [InlineData("DELETE", "/fhir/Resource/1", 404, "resource-type-unknown")]
    [InlineData("GET", "/fhir/Patient/none", 404, "not-found")]
    [InlineData("GET", "/fhir/$translate", 404, "not-supported")]
    [InlineData("GET", "/fhir/Patient/1/$everything", 404, "not-found")]
    [InlineData("GET", "/fhir/Patient/1/$nothing", 404, "not-supported")]
    [InlineData("POST", "/fhir/Patient/1", 405, "method-not-supported")]
    [InlineData("PATCH", "/fhir", 405, "method-not-supported")]
    [InlineData("DELETE", "/fhir/metadata", 405, "method-not-supported")]
    public async Task WrongUrlOrMethod_IsSaid(string method, string path, int status, string code) =>
        await ApiServer.RefusedAsync(await server.SendAsync(method, path), status, code);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/fhir+json; charset=utf-16")]
    [InlineData("application/fhir+json; fhirVersion=3.0")]
    public async Task BodyOfAnotherForm_IsUnsupportedMedia(string type) =>
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient", """{"resourceType":"Patient"}""", type: type), 415, "format-not-supported");

    [Fact]
    public async Task AnswerInAnUnknownForm_IsNotAcceptable()
    {
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/1", headers: ("Accept", "text/turtle")), 406, "format-not-supported");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/1?_format=ttl"), 406, "format-not-supported");
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":{"resource":{"resourceType":"Patient"}}}""")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":"x"}""")]
    public async Task BundleOfAnotherShape_IsRefused(string bundle)
    {
        foreach (string path in new[] { "/fhir", "/fhir/Bundle", "/fhir/Bundle/$validate" })
        {
            using HttpResponseMessage response = await server.SendAsync("POST", path, bundle);
            JsonNode outcome = await ApiServer.BodyAsync(response);
            Assert.True((int)response.StatusCode < 500, path);
            Assert.StartsWith("Bundle.entry", (string?)outcome["issue"]![0]!["expression"]![0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LargeBody_IsTooLarge()
    {
        string body = $$$"""{"resourceType":"Patient","name":[{"family":"{{{new string('a', 2_000_000)}}}"}]}""";
        // A client that asks first; one that sends all the same may find the connection closed before it reads why.
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient", body, headers: ("Expect", "100-continue")), 413, "body-too-large");
    }

    [Fact]
    public async Task Outcome_NamesTheElementAndQuotesNoValue()
    {
        using HttpResponseMessage response = await server.SendAsync("POST", "/fhir/Patient", """{"resourceType":"Patient","birthDate":"secret"}""");
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal("Patient.birthDate", (string?)JsonNode.Parse(text)!["issue"]![0]!["expression"]![0]);
    }

    [Fact]
    public async Task Metadata_SaysWhatWorks_WithoutAToken()
    {
        JsonNode statement = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/metadata", client: "nobody"));
        Assert.Equal(("CapabilityStatement", "4.0.1"), ((string?)statement["resourceType"], (string?)statement["fhirVersion"]));
        JsonArray types = statement["rest"]![0]!["resource"]!.AsArray();
        Assert.Contains(types, t => (string?)t!["type"] == "Observation");
        Assert.DoesNotContain(types, t => (string?)t!["type"] is "AuditEvent");
        Assert.All(types.Where(t => (string?)t!["type"] != "Person"), t => Assert.Equal(
            ("true", "true", "single"),
            (t!["conditionalCreate"]!.ToString(), t["conditionalUpdate"]!.ToString(), (string?)t["conditionalDelete"])));
    }
}
