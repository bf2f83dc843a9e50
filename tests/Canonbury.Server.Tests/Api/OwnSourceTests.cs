using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>A client sees and changes its own source's resources only, and every answer is in the audit before it leaves (design, rule 4).</summary>
public sealed class OwnSourceTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("kept-two")]
    [InlineData("mapped-one")]
    public async Task Client_ReadsNothingOfAnotherSource(string other)
    {
        await Put("Patient", "secret", ",\"identifier\":[{\"system\":\"urn:x\",\"value\":\"S1\"}]");
        await Put("Flag", "secret-flag", ",\"status\":\"active\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/secret\"}");

        foreach (string path in new[] { "/fhir/Patient/secret", "/fhir/Patient/secret/_history/1", "/fhir/Flag/secret-flag" })
        {
            await ApiServer.RefusedAsync(await server.SendAsync("GET", path, client: other), 404, "not-found");
        }

        foreach (string path in new[]
        {
            "/fhir/Patient?_id=secret", "/fhir/Patient?identifier=urn:x|S1", "/fhir/Flag?patient=secret", "/fhir/Flag?patient=Patient/secret", "/fhir/Patient",
        })
        {
            JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", path, client: other));
            Assert.Equal("searchset", (string?)found["type"]);
            Assert.DoesNotContain("secret", found["entry"]?.ToJsonString() ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Client_ChangesNothingOfAnotherSource()
    {
        await Put("Patient", "firm", ",\"gender\":\"female\"");

        await ApiServer.RefusedAsync(
            await server.SendAsync("PUT", "/fhir/Patient/firm", """{"resourceType":"Patient","id":"firm"}""", "kept-two"), 409, "id-taken", "Patient.id");
        // Deleting what is not there, for this client, succeeds and does nothing.
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Patient/firm", client: "kept-two")).StatusCode);
        JsonNode read = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/firm"));
        Assert.Equal(("female", "1"), ((string?)read["gender"], (string?)read["meta"]!["versionId"]));
    }

    [Fact]
    public async Task Document_WithAPatientOfAnotherSource_IsRefused_AndChangesNothing()
    {
        await Put("Patient", "inside", ",\"gender\":\"female\"");
        const string Document = """
            {"resourceType":"Bundle","id":"doc","type":"document","identifier":{"system":"urn:x","value":"d"},"timestamp":"2026-01-01T00:00:00Z","entry":[
             {"fullUrl":"http://x.example/Composition/c","resource":{"resourceType":"Composition","id":"c","status":"final","type":{"text":"x"},
              "subject":{"reference":"Patient/inside"},"date":"2026-01-01","author":[{"display":"x"}],"title":"x"}},
             {"fullUrl":"http://x.example/Patient/inside","resource":{"resourceType":"Patient","id":"inside","gender":"male"}}]}
            """;
        await ApiServer.RefusedAsync(await server.SendAsync("PUT", "/fhir/Bundle/doc", Document, "kept-two"), 409, "id-taken", "Bundle.entry");
        Assert.Equal("female", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/inside")))["gender"]);
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Bundle/doc", client: "kept-two"), 404, "not-found");
    }

    [Fact]
    public async Task Client_ThatRefersToAnotherSourcesPatient_AddsNothingToIt()
    {
        await Put("Patient", "alone", "");
        HttpResponseMessage put = await server.SendAsync(
            "PUT", "/fhir/Flag/odd", """{"resourceType":"Flag","id":"odd","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/alone"}}""", "kept-two");
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag?patient=alone"));
        Assert.Null(found["entry"]);
    }

    [Fact]
    public async Task EveryAnswer_IsInTheAuditJournal_BeforeItLeaves()
    {
        await Put("Patient", "seen", ",\"identifier\":[{\"system\":\"urn:x\",\"value\":\"AUDIT-1\"}]");
        Assert.Contains("\"action\":\"Show\"", (await LastLineAsync()), StringComparison.Ordinal);
        Assert.Contains("{\"type\":\"Patient\",\"id\":\"seen\",\"version\":1}", await LastLineAsync(), StringComparison.Ordinal);

        await server.SendAsync("GET", "/fhir/Patient?identifier=urn:x|AUDIT-1");
        Assert.Contains("{\"type\":\"Patient\",\"id\":\"seen\",\"version\":1}", await LastLineAsync(), StringComparison.Ordinal);
        Assert.Contains("\"caller\":\"kept-one\"", await LastLineAsync(), StringComparison.Ordinal);

        await server.SendAsync("GET", "/fhir/Patient/seen", client: "nobody");
        Assert.Contains("\"outcome\":\"Refused\"", await LastLineAsync(), StringComparison.Ordinal);
    }

    private async Task<string> LastLineAsync() => (await server.JournalAsync()).TrimEnd('\n').Split('\n')[^1];

    private async Task Put(string type, string id, string more)
    {
        using HttpResponseMessage put = await server.SendAsync("PUT", $"/fhir/{type}/{id}", $$$"""{"resourceType":"{{{type}}}","id":"{{{id}}}"{{{more}}}}""");
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
