using System.Net;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Versions, preconditions and races. https://hl7.org/fhir/R4/http.html#concurrency</summary>
public sealed class ConditionsTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Update_WithTheNewestVersionToMatch_IsWritten()
    {
        await PutAsync("c1", "male");
        using HttpResponseMessage put = await PutAsync("c1", "female", ("If-Match", "W/\"1\""));
        Assert.Equal((HttpStatusCode.OK, "W/\"2\""), (put.StatusCode, put.Headers.ETag!.ToString()));
    }

    [Fact]
    public async Task Update_WithAVersionToMatch_OfWhatIsNotThere_IsRefused() =>
        await ApiServer.RefusedAsync(await PutAsync("c2", "male", ("If-Match", "W/\"1\"")), 412, "version-conflict", "http.If-Match");

    [Fact]
    public async Task Update_OnlyWhereNothingIs_OverwritesNothing()
    {
        using HttpResponseMessage created = await PutAsync("c3", "male", ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        await ApiServer.RefusedAsync(await PutAsync("c3", "female", ("If-None-Match", "*")), 412, "already-exists", "http.If-None-Match");
        await ApiServer.RefusedAsync(
            await server.SendAsync("POST", "/fhir", """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"request":{"method":"PUT","url":"Patient/c3","ifNoneMatch":"*"},"resource":{"resourceType":"Patient","id":"c3"}}]}
                """),
            412, "already-exists", "Bundle.entry[0].request.ifNoneMatch");
        await ApiServer.RefusedAsync(await PutAsync("c3", "female", ("If-None-Match", "W/\"1\"")), 400, "if-none-match-invalid", "http.If-None-Match");
        Assert.Equal("male", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/c3")))["gender"]);

        await server.SendAsync("DELETE", "/fhir/Patient/c3");
        Assert.Equal(HttpStatusCode.Created, (await PutAsync("c3", "female", ("If-None-Match", "*"))).StatusCode);
    }

    [Theory]
    [InlineData("PUT", "3")]
    [InlineData("PUT", "W/\"x\"")]
    [InlineData("PUT", "W/\"1\", W/\"2\"")]
    [InlineData("DELETE", "W/1")]
    [InlineData("PATCH", "\"\"")]
    public async Task VersionToMatch_ThatIsNone_IsMalformed(string method, string tag)
    {
        await PutAsync("c7", "male");
        string? body = method switch { "PUT" => """{"resourceType":"Patient","id":"c7"}""", "PATCH" => "[]", _ => null };
        using HttpResponseMessage response = await server.SendAsync(
            method, "/fhir/Patient/c7", body, type: method == "PATCH" ? "application/json-patch+json" : ApiServer.Json, headers: ("If-Match", tag));
        await ApiServer.RefusedAsync(response, 400, "if-match-invalid", "http.If-Match");
    }

    [Fact]
    public async Task Delete_WithAVersionToMatch_OfWhatIsNotThere_IsRefused() => await ApiServer.RefusedAsync(
        await server.SendAsync("DELETE", "/fhir/Patient/c8", headers: ("If-Match", "W/\"1\"")), 412, "version-conflict", "http.If-Match");

    [Fact]
    public async Task Delete_WithAnOldVersionToMatch_IsRefused()
    {
        await PutAsync("c4", "male");
        await PutAsync("c4", "female");
        await ApiServer.RefusedAsync(await server.SendAsync("DELETE", "/fhir/Patient/c4", headers: ("If-Match", "W/\"1\"")), 412, "version-conflict");
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Patient/c4", headers: ("If-Match", "W/\"2\""))).StatusCode);
    }

    [Fact]
    public async Task Deletion_IsAVersion_AndWhatWasBeforeStaysReadable()
    {
        await PutAsync("c5", "male");
        await server.SendAsync("DELETE", "/fhir/Patient/c5");
        using HttpResponseMessage again = await PutAsync("c5", "female");

        Assert.Equal((HttpStatusCode.Created, "W/\"3\""), (again.StatusCode, again.Headers.ETag!.ToString()));
        Assert.Equal("male", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/c5/_history/1")))["gender"]);
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/c5/_history/2"), 410, "deleted");
        Assert.Equal("female", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/c5")))["gender"]);
    }

    [Fact]
    public async Task Update_WithTheSameContent_MakesNoVersion()
    {
        await PutAsync("c6", "male");
        using HttpResponseMessage same = await PutAsync("c6", "male");
        Assert.Equal((HttpStatusCode.OK, "W/\"1\""), (same.StatusCode, same.Headers.ETag!.ToString()));
    }

    [Fact]
    public async Task TwoClientsThatCreateOneIdAtOnce_OneOfThemGetsIt()
    {
        foreach (int round in Enumerable.Range(1, 10))
        {
            HttpResponseMessage[] answers = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(i => PutAsync($"race-{round}", "male", client: i % 2 == 0 ? "kept-one" : "kept-two")));

            Assert.Equal(4, answers.Count(answer => answer.IsSuccessStatusCode));
            Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        }
    }

    [Fact]
    public async Task UpdatesAtOnce_AreAllWritten_EachAVersion()
    {
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => server.SendAsync(
            "PUT", "/fhir/Patient/busy", $$$"""{"resourceType":"Patient","id":"busy","name":[{"family":"N{{{i}}}"}]}""")));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.Equal(Enumerable.Range(1, 20).Select(version => $"W/\"{version}\""), answers.Select(answer => answer.Headers.ETag!.ToString()).OrderBy(tag => tag.Length).ThenBy(tag => tag));
    }

    private Task<HttpResponseMessage> PutAsync(string id, string gender, params (string, string)[] headers) =>
        PutAsync(id, gender, "kept-one", headers);

    private Task<HttpResponseMessage> PutAsync(string id, string gender, string client, params (string, string)[] headers) => server.SendAsync(
        "PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","gender":"{{{gender}}}"}""", client, headers: headers);
}
