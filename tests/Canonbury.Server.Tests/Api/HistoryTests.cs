using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>History of a resource, of a type and of the system. https://hl7.org/fhir/R4/http.html#history</summary>
public sealed class HistoryTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task HistoryOfOne_HasEachVersionWithItsRequestAndResponse()
    {
        await PutAsync("h1", "male");
        await PutAsync("h1", "female");
        await server.SendAsync("DELETE", "/fhir/Patient/h1");
        JsonNode history = await GetAsync("/fhir/Patient/h1/_history");
        Assert.Equal(("Bundle", "history", 3), ((string?)history["resourceType"], (string?)history["type"], (int?)history["total"]));
        Assert.EndsWith("/fhir/Patient/h1/_history", Link(history, "self"), StringComparison.Ordinal);
        Assert.Null(Link(history, "next"));
        JsonArray entries = history["entry"]!.AsArray();
        Assert.Equal(["DELETE 204 W/\"3\"", "PUT 200 W/\"2\"", "PUT 201 W/\"1\""], entries.Select(Row));
        Assert.All(entries, entry => Assert.EndsWith("/fhir/Patient/h1", (string)entry!["fullUrl"]!, StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.Equal("Patient/h1", (string?)entry!["request"]!["url"]));
        Assert.Equal([null, "female", "male"], entries.Select(entry => (string?)entry!["resource"]?["gender"]));
        Assert.Equal((string?)entries[1]!["resource"]!["meta"]!["lastUpdated"], (string?)entries[1]!["response"]!["lastModified"]);
    }

    [Fact]
    public async Task HistoryOfOne_ThatWasPosted_SaysSo()
    {
        JsonNode created = await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir/Patient", """{"resourceType":"Patient"}"""));
        JsonNode entry = Assert.Single((await GetAsync($"/fhir/Patient/{created["id"]}/_history"))["entry"]!.AsArray())!;
        Assert.Equal(("POST", "Patient"), ((string?)entry["request"]!["method"], (string?)entry["request"]!["url"]));
    }

    [Fact]
    public async Task HistoryOfOne_IsPaged_AndLinksGoOnWhileOthersWrite()
    {
        for (int version = 1; version <= 5; version++)
        {
            await PutAsync("pages", version % 2 == 0 ? "male" : "female");
        }

        List<string> seen = [];
        string? next = "/fhir/Patient/pages/_history?_count=2&_summary=true";
        while (next is not null)
        {
            JsonNode page = await GetAsync(next);
            seen.AddRange(page["entry"]!.AsArray().Select(entry => (string)entry!["response"]!["etag"]!));
            Assert.All(page["entry"]!.AsArray(), entry => Assert.Equal("SUBSETTED", (string?)entry!["resource"]!["meta"]!["tag"]![0]!["code"]));
            next = Link(page, "next");
            await PutAsync("pages", seen.Count % 4 == 0 ? "other" : "unknown");
        }

        Assert.Equal([5, 4, 3, 2, 1], seen.Select(etag => int.Parse(etag[3..^1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task HistoryOfOne_OfAnIdThatNeverWasOrIsAnothers_IsNotFound()
    {
        await PutAsync("mine", "male");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/never/_history"), 404, "not-found");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Flag/mine/_history"), 404, "not-found");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/mine/_history", client: "kept-two"), 404, "not-found");
    }

    [Fact]
    public async Task HistoryOfTypeAndSystem_HoldsTheClientsOwn_PageByPage()
    {
        string since = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().ToString("O"));
        await PutAsync("t1", "male", "kept-two");
        await PutAsync("t2", "male", "kept-two");
        await server.SendAsync("PUT", "/fhir/Organization/o1", """{"resourceType":"Organization","id":"o1","name":"x"}""", "kept-two");
        await PutAsync("elsewhere", "male");

        Assert.Equal(["Patient/t2", "Patient/t1"], await UrlsAsync($"/fhir/Patient/_history?_since={since}"));
        Assert.Equal(["Organization/o1", "Patient/t2", "Patient/t1"], await UrlsAsync($"/fhir/_history?_since={since}"));
        Assert.Equal(["Organization/o1", "Patient/t2", "Patient/t1"], await UrlsAsync($"/fhir/_history?_count=1&_since={since}"));
        Assert.Empty(await UrlsAsync("/fhir/_history?_since=2099-01-01"));
        Assert.Empty(await UrlsAsync("/fhir/Patient/_history?_at=1999"));
    }

    [Fact]
    public async Task LinkToThePage_OfAnotherClient_IsRefused()
    {
        await PutAsync("l1", "male");
        await PutAsync("l1", "female");
        string next = Link(await GetAsync("/fhir/Patient/l1/_history?_count=1"), "next")!;
        await ApiServer.RefusedAsync(await server.SendAsync("GET", next, client: "kept-two"), 400, "parameter-invalid", "http._page");
        string ofOne = next[(next.IndexOf("_page", StringComparison.Ordinal) + 6)..];
        foreach (string path in new[] { "/fhir/_history", "/fhir/Patient/other/_history", "/fhir/Patient" })
        {
            await ApiServer.RefusedAsync(await server.SendAsync("GET", $"{path}?_page={ofOne}"), 400, "parameter-invalid", "http._page");
        }
    }

    [Theory]
    [InlineData("_since=soon", "parameter-invalid", "http._since")]
    [InlineData("_at=2024-13-01", "parameter-invalid", "http._at")]
    [InlineData("_count=-1", "parameter-invalid", "http._count")]
    [InlineData("_count=1&_count=2", "parameter-invalid", "http._count")]
    [InlineData("_page=x", "parameter-invalid", "http._page")]
    public async Task Parameters_ThatAreWrong_AreRefused(string query, string code, string element)
    {
        await PutAsync("wrong", "male");
        foreach (string path in new[] { "/fhir/Patient/wrong/_history", "/fhir/Patient/_history", "/fhir/_history" })
        {
            await ApiServer.RefusedAsync(await server.SendAsync("GET", $"{path}?{query}"), 400, code, element);
        }
    }

    [Fact]
    public async Task Parameter_ThatIsUnknown_IsPassedOver_OrRefusedToWhoAsksForIt()
    {
        await PutAsync("lenient", "male");
        JsonNode history = await GetAsync("/fhir/Patient/lenient/_history?name=x&_count=5");
        Assert.EndsWith("/fhir/Patient/lenient/_history?_count=5", Link(history, "self"), StringComparison.Ordinal);
        await ApiServer.RefusedAsync(
            await server.SendAsync("GET", "/fhir/Patient/lenient/_history?name=x", headers: ("Prefer", "handling=strict")), 400, "not-supported", "http.name");
    }

    [Fact]
    public async Task Count_OfNone_IsTheNumberOnly()
    {
        await PutAsync("c0", "male");
        foreach (string query in new[] { "_count=0", "_summary=count" })
        {
            JsonNode counted = await GetAsync("/fhir/Patient/c0/_history?" + query);
            Assert.Equal((1, null, null), ((int?)counted["total"], counted["entry"], Link(counted, "next")));
        }

        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/_history?_summary=count"), 400, "not-supported", "http._summary");
    }

    [Fact]
    public async Task History_ByTheIdThatTheClientSent_AndInXml()
    {
        await server.SendAsync("PUT", "/fhir/Patient/77", """{"resourceType":"Patient","id":"77"}""", "mapped-one");
        using HttpResponseMessage xml = await server.SendAsync("GET", "/fhir/Patient/77/_history?_format=xml", client: "mapped-one");
        Assert.Equal(HttpStatusCode.OK, xml.StatusCode);
        Assert.Contains("<total value=\"1\"", await xml.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Row(JsonNode? entry) =>
        $"{entry!["request"]!["method"]} {entry["response"]!["status"]} {entry["response"]!["etag"]}";

    private static string? Link(JsonNode bundle, string relation) =>
        (string?)bundle["link"]!.AsArray().FirstOrDefault(link => (string?)link!["relation"] == relation)?["url"];

    private async Task<List<string>> UrlsAsync(string path)
    {
        List<string> urls = [];
        for (string? next = path; next is not null;)
        {
            JsonNode page = await GetAsync(next, "kept-two");
            Assert.Null(page["total"]);
            urls.AddRange((page["entry"]?.AsArray() ?? []).Select(entry => (string)entry!["request"]!["url"]!));
            next = Link(page, "next");
        }

        return urls;
    }

    private async Task<JsonNode> GetAsync(string path, string client = "kept-one")
    {
        using HttpResponseMessage answer = await server.SendAsync("GET", path, client: client);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ApiServer.BodyAsync(answer);
    }

    private async Task PutAsync(string id, string gender, string client = "kept-one") => Assert.True((await server.SendAsync(
        "PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","gender":"{{{gender}}}"}""", client)).IsSuccessStatusCode);
}
