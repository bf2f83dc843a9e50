using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Read, version read, create, update and delete. https://hl7.org/fhir/R4/http.html</summary>
public sealed class InteractionTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Create_AnswersWithIdVersionAndLocation_AndIsReadBack()
    {
        using HttpResponseMessage created = await server.SendAsync("POST", "/fhir/Patient", """{"resourceType":"Patient","gender":"female"}""");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        string id = (string)(await ApiServer.BodyAsync(created))["id"]!;
        Assert.EndsWith($"/fhir/Patient/{id}/_history/1", created.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("W/\"1\"", created.Headers.ETag!.ToString());
        Assert.NotNull(created.Content.Headers.LastModified);

        using HttpResponseMessage read = await server.SendAsync("GET", "/fhir/Patient/" + id);
        Assert.Equal((HttpStatusCode.OK, "application/fhir+json"), (read.StatusCode, read.Content.Headers.ContentType!.MediaType));
        Assert.Equal("female", (string?)(await ApiServer.BodyAsync(read))["gender"]);
    }

    [Fact]
    public async Task Create_WithReturnMinimal_HasNoBody()
    {
        using HttpResponseMessage created = await server.SendAsync(
            "POST", "/fhir/Organization", """{"resourceType":"Organization","name":"x"}""", headers: ("Prefer", "return=minimal"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Empty(await created.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Update_CreatesThenMakesVersions_AndEachIsReadable()
    {
        Assert.Equal(HttpStatusCode.Created, await Put("v1", "male"));
        Assert.Equal(HttpStatusCode.OK, await Put("v1", "female"));
        using HttpResponseMessage first = await server.SendAsync("GET", "/fhir/Patient/v1/_history/1");
        Assert.Equal("male", (string?)(await ApiServer.BodyAsync(first))["gender"]);
        using HttpResponseMessage same = await server.SendAsync("GET", "/fhir/Patient/v1", headers: ("If-None-Match", "W/\"2\""));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/v1/_history/9"), 404, "not-found");
    }

    [Fact]
    public async Task Update_WithAnOldVersionToMatch_IsRefused()
    {
        await Put("m1", "male");
        await Put("m1", "female");
        await ApiServer.RefusedAsync(
            await server.SendAsync("PUT", "/fhir/Patient/m1", """{"resourceType":"Patient","id":"m1"}""", headers: ("If-Match", "W/\"1\"")),
            412, "version-conflict");
        await ApiServer.RefusedAsync(
            await server.SendAsync("PUT", "/fhir/Patient/m1", """{"resourceType":"Patient","id":"m1"}""", headers: ("If-Match", "one")),
            400, "if-match-invalid");
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","id":"other"}""", "id-mismatch")]
    [InlineData("""{"resourceType":"Organization","id":"p1"}""", "type-mismatch")]
    [InlineData("""{"resourceType":"Patient","id":"p1","birthDate":"soon"}""", "value-invalid")]
    public async Task Update_ThatContradictsItsUrlOrR4_IsRefused(string body, string code) =>
        await ApiServer.RefusedAsync(await server.SendAsync("PUT", "/fhir/Patient/p1", body), 400, code);

    [Fact]
    public async Task Delete_MakesReadsAnswerGone_AndSucceedsWhereThereIsNothing()
    {
        await Put("d1", "male");
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Patient/d1")).StatusCode);
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/d1"), 410, "deleted");
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Patient/never")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, await Put("d1", "male"));
    }

    [Fact]
    public async Task Client_SeesOnlyItsOwnSource()
    {
        await Put("own", "male");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/own", client: "kept-two"), 404, "not-found");
        await ApiServer.RefusedAsync(
            await server.SendAsync("PUT", "/fhir/Patient/own", """{"resourceType":"Patient","id":"own"}""", client: "kept-two"), 409, "id-taken");
        JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient?_id=own", client: "kept-two"));
        Assert.Null(found["entry"]);
    }

    [Fact]
    public async Task ClientWithMappedIds_ReadsByItsOwnIdAndByOurs()
    {
        using HttpResponseMessage put = await server.SendAsync("PUT", "/fhir/Patient/7", """{"resourceType":"Patient","id":"7"}""", "mapped-one");
        string ours = (string)(await ApiServer.BodyAsync(put))["id"]!;
        Assert.NotEqual("7", ours);
        foreach (string id in new[] { "7", ours })
        {
            JsonNode read = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/" + id, client: "mapped-one"));
            Assert.Equal(ours, (string?)read["id"]);
            JsonNode flag = await ApiServer.BodyAsync(await server.SendAsync(
                "POST", "/fhir/Flag", $$$"""{"resourceType":"Flag","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/{{{id}}}"}}""", "mapped-one"));
            Assert.Equal("Patient/" + ours, (string?)flag["subject"]!["reference"]);
        }
    }

    [Theory]
    [InlineData("DomainResource/1")]
    [InlineData("Nothing/1")]
    [InlineData("Patient/")]
    [InlineData("/")]
    [InlineData("Patient?name=x&birthdate=1")]
    [InlineData("urn:uuid:not-one")]
    public async Task Reference_ThatLeadsNowhere_StaysOrIsRefused_AndNeverFails(string reference)
    {
        using HttpResponseMessage answer = await server.SendAsync(
            "PUT", "/fhir/Flag/odd", $$$"""
            {"resourceType":"Flag","id":"odd","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/x"},"author":{"reference":"{{{reference}}}"}}
            """);
        Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task Xml_GoesInAndOut()
    {
        using HttpResponseMessage put = await server.SendAsync(
            "PUT", "/fhir/Patient/x1", "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x1\"/><gender value=\"male\"/></Patient>", type: "application/fhir+xml");
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using HttpResponseMessage read = await server.SendAsync("GET", "/fhir/Patient/x1", headers: ("Accept", "application/fhir+xml"));
        Assert.Equal("application/fhir+xml", read.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<gender value=\"male\"", await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage found = await server.SendAsync("GET", "/fhir/Patient?_id=x1&_format=xml");
        string bundle = await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<type value=\"searchset\"", bundle, StringComparison.Ordinal);
        Assert.Contains("<gender value=\"male\"", bundle, StringComparison.Ordinal);
        using HttpResponseMessage refused = await server.SendAsync("GET", "/fhir/Patient/none?_format=xml");
        Assert.Contains("<OperationOutcome", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> Put(string id, string gender) =>
        (await server.SendAsync("PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","gender":"{{{gender}}}"}""")).StatusCode;
}
