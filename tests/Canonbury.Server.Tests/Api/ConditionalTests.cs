using System.Net;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Conditional create, update and delete. https://hl7.org/fhir/R4/http.html#ccreate, #cond-update, #cdelete</summary>
public sealed class ConditionalTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("kept-one", "identifier=urn:c|")]
    [InlineData("mapped-one", "?identifier=urn:c|")]
    [InlineData("kept-both", "Patient?identifier=urn%3Ac%7C")]
    public async Task Create_IsDoneOnce_AndAnsweredWithWhatIsThere(string client, string criteria)
    {
        string value = client;
        using HttpResponseMessage created = await CreateAsync(value, criteria + value, client);
        using HttpResponseMessage again = await CreateAsync(value, criteria + value, client);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created.StatusCode, again.StatusCode));
        Assert.Equal(created.Headers.Location, again.Headers.Location);
        Assert.Equal(("W/\"1\"", created.Content.Headers.LastModified), (again.Headers.ETag!.ToString(), again.Content.Headers.LastModified));
        Assert.Equal((string?)(await ApiServer.BodyAsync(created))["id"], (string?)(await ApiServer.BodyAsync(again))["id"]);
        Assert.Single(await FindAsync(value, client));

        await CreateAsync(value, criteria: null, client);
        await ApiServer.RefusedAsync(await CreateAsync(value, criteria + value, client), 412, "multiple-matches", "http.If-None-Exist");
    }

    [Fact]
    public async Task Create_DoesNotFindWhatIsAnothers_OrDeleted()
    {
        await CreateAsync("private", null, "kept-two");
        using HttpResponseMessage created = await CreateAsync("private", "identifier=urn:c|private");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        await server.SendAsync("DELETE", created.Headers.Location!.AbsolutePath.Split("/_history")[0]);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync("private", "identifier=urn:c|private")).StatusCode);
    }

    [Theory]
    [InlineData("colour=red", "parameter-unknown", "http.colour")]
    [InlineData("identifier=", "parameter-empty", "http.identifier")]
    [InlineData("birthdate=soon", "parameter-value-invalid", "http.birthdate")]
    [InlineData("_count=1", "criteria-absent", "http.If-None-Exist")]
    [InlineData("Flag?identifier=a", "if-none-exist-invalid", "http.If-None-Exist")]
    [InlineData("", "criteria-absent", "http.If-None-Exist")]
    [InlineData("_format=json", "criteria-absent", "http.If-None-Exist")]
    public async Task Create_OnAConditionThatCannotBeSearched_IsRefusedByName(string criteria, string code, string element) =>
        await ApiServer.RefusedAsync(await CreateAsync("x", criteria), 400, code, element);

    [Fact]
    public async Task CreatesAtOnceOnOneCondition_MakeOneResource()
    {
        foreach (string value in new[] { "race-1", "race-2", "race-3" })
        {
            HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => CreateAsync(value, "identifier=urn:c|" + value)));
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
            Assert.Equal(23, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
            Assert.Single(answers.Select(answer => answer.Headers.Location!.ToString()).Distinct());
            Assert.Single(await FindAsync(value));
        }
    }

    [Fact]
    public async Task UpdatesAtOnceOnOneCondition_AreVersionsOfOneResource()
    {
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => server.SendAsync(
            "PUT", "/fhir/Patient?identifier=urn:c|many", $$$"""{"resourceType":"Patient","identifier":[{"system":"urn:c","value":"many"}],"name":[{"family":"N{{{i}}}"}]}""")));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal("12", (string?)Assert.Single(await FindAsync("many"))!["meta"]!["versionId"]);
    }

    [Theory]
    [InlineData("kept-one")]
    [InlineData("mapped-one")]
    public async Task Update_CreatesThenUpdatesTheOneMatch(string client)
    {
        string value = "u-" + client;
        using HttpResponseMessage created = await UpdateAsync(value, client: client);
        string id = (string)(await ApiServer.BodyAsync(created))["id"]!;
        using HttpResponseMessage updated = await UpdateAsync(value, ",\"gender\":\"male\"", client);
        using HttpResponseMessage named = await UpdateAsync(value, $",\"gender\":\"female\",\"id\":\"{id}\"", client);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK), (created.StatusCode, updated.StatusCode, named.StatusCode));
        Assert.Equal((id, "W/\"3\""), ((string?)(await ApiServer.BodyAsync(named))["id"], named.Headers.ETag!.ToString()));
        await ApiServer.RefusedAsync(await UpdateAsync(value, ",\"id\":\"other\"", client), 400, "id-mismatch", "Patient.id");
        await CreateAsync(value, null, client);
        await ApiServer.RefusedAsync(await UpdateAsync(value, client: client), 412, "multiple-matches");
    }

    [Theory]
    [InlineData("kept-one")]
    [InlineData("mapped-one")]
    public async Task Update_WithoutAMatch_CreatesWithTheIdOfTheResource(string client)
    {
        using HttpResponseMessage created = await UpdateAsync("own-" + client, ",\"id\":\"own\"", client);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        string id = client == "kept-one" ? "own" : ResourceIds.FhirId(new SourceId(client), "Patient", "own");
        Assert.Equal(id, (string?)(await ApiServer.BodyAsync(created))["id"]);
        await ApiServer.RefusedAsync(await UpdateAsync("not-own", ",\"id\":\"own\"", client), 409, "id-taken", "Patient.id");
    }

    [Fact]
    public async Task Update_WithAVersionToMatch_IsOnlyOfThatVersion()
    {
        await UpdateAsync("versions");
        await ApiServer.RefusedAsync(await UpdateAsync("versions", ",\"gender\":\"male\"", headers: ("If-Match", "W/\"2\"")), 412, "version-conflict", "http.If-Match");
        await ApiServer.RefusedAsync(await UpdateAsync("no-versions", headers: ("If-Match", "W/\"1\"")), 412, "version-conflict", "http.If-Match");
        Assert.Equal(HttpStatusCode.OK, (await UpdateAsync("versions", ",\"gender\":\"male\"", headers: ("If-Match", "W/\"1\""))).StatusCode);
    }

    [Fact]
    public async Task Delete_DeletesTheOneMatch()
    {
        await UpdateAsync("gone");
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Patient?identifier=urn:c|gone")).StatusCode);
        Assert.Empty(await FindAsync("gone"));
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Patient?identifier=urn:c|gone")).StatusCode);

        await CreateAsync("stay", null);
        await CreateAsync("stay", null);
        await ApiServer.RefusedAsync(await server.SendAsync("DELETE", "/fhir/Patient?identifier=urn:c|stay"), 412, "multiple-matches");
        Assert.Equal(2, (await FindAsync("stay")).Count);
    }

    [Theory]
    [InlineData("/fhir/Patient", "criteria-absent", null)]
    [InlineData("/fhir/Patient?_format=json", "criteria-absent", null)]
    [InlineData("/fhir/Patient?_count=1", "criteria-absent", null)]
    [InlineData("/fhir/Patient?_sort=name", "criteria-absent", null)]
    [InlineData("/fhir/Patient?colour=red", "parameter-unknown", "http.colour")]
    [InlineData("/fhir/Patient?identifier=a&colour=red", "parameter-unknown", "http.colour")]
    public async Task Delete_WithoutCriteriaThatCount_DeletesNothing(string path, string code, string? element) =>
        await ApiServer.RefusedAsync(await server.SendAsync("DELETE", path), 400, code, element);

    private Task<HttpResponseMessage> CreateAsync(string value, string? criteria, string client = "kept-one") => server.SendAsync(
        "POST", "/fhir/Patient", $$$"""{"resourceType":"Patient","identifier":[{"system":"urn:c","value":"{{{value}}}"}]}""", client,
        headers: criteria is null ? [] : [("If-None-Exist", criteria)]);

    private Task<HttpResponseMessage> UpdateAsync(string value, string more = "", string client = "kept-one", params (string, string)[] headers) => server.SendAsync(
        "PUT", "/fhir/Patient?identifier=urn:c|" + value,
        $$$"""{"resourceType":"Patient","identifier":[{"system":"urn:c","value":"{{{value}}}"}]{{{more}}}}""", client, headers: headers);

    private async Task<IReadOnlyList<JsonNode?>> FindAsync(string value, string client = "kept-one")
    {
        JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient?identifier=urn:c|" + value, client: client));
        return [.. (found["entry"]?.AsArray() ?? []).Select(entry => entry!["resource"])];
    }
}
