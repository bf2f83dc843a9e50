using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>A resource that is said of another patient from now on is a delete and a create (design, section 4).</summary>
public sealed class ChangedSubjectTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Resource_OfAnotherPatientNow_IsTheirsOnly_UnderItsOwnId()
    {
        await PutAsync("Patient", "a", "");
        await PutAsync("Patient", "b", "");
        await PutAsync("Flag", "moved", Flag("a"));
        await PutAsync("Flag", "moved", Flag("b"));

        Assert.Null((await FindAsync("patient=a"))["entry"]);
        JsonNode newest = Assert.Single((await FindAsync("patient=b"))["entry"]!.AsArray())!["resource"]!;
        Assert.Equal(("moved", "Patient/b"), ((string?)newest["id"], (string?)newest["subject"]!["reference"]));
        await PutAsync("Flag", "moved", Flag("a"));
        Assert.Null((await FindAsync("patient=b"))["entry"]);
        Assert.Single((await FindAsync("patient=a"))["entry"]!.AsArray());

        // One resource under one id: every version stays readable, wherever it stands. Each move is a deletion and a creation.
        string?[] subjects = [.. await Task.WhenAll(new[] { 1, 3, 5 }.Select(SubjectAsync))];
        Assert.Equal(["Patient/a", "Patient/b", "Patient/a"], subjects);
        foreach (int deletion in new[] { 2, 4 })
        {
            await ApiServer.RefusedAsync(await server.SendAsync("GET", $"/fhir/Flag/moved/_history/{deletion}"), 410, "deleted");
        }
    }

    private static string Flag(string patient) => $$$""","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/{{{patient}}}"}""";

    private async Task<string?> SubjectAsync(int version) =>
        (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", $"/fhir/Flag/moved/_history/{version}")))["subject"]?["reference"];

    private async Task<JsonNode> FindAsync(string query) => await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag?" + query));

    private async Task PutAsync(string type, string id, string more)
    {
        using HttpResponseMessage put = await server.SendAsync("PUT", $"/fhir/{type}/{id}", $$$"""{"resourceType":"{{{type}}}","id":"{{{id}}}"{{{more}}}}""");
        Assert.True(put.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created);
    }
}
