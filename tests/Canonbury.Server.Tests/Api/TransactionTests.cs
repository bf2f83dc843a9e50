using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>A transaction is one commit, a batch many. https://hl7.org/fhir/R4/http.html#transaction</summary>
public sealed class TransactionTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Transaction_WithAnIdOfAnotherSource_WritesNothing()
    {
        await server.SendAsync("PUT", "/fhir/Patient/theirs", Patient("theirs"), "kept-two");
        string body = Bundle("transaction", Put("Patient", "before"), Put("Patient", "theirs"), Put("Patient", "after"));

        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir", body), 409, "id-taken");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/before"), 404, "not-found");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/after"), 404, "not-found");
    }

    [Fact]
    public async Task Transaction_WithAnOldVersionToMatch_WritesNothing()
    {
        await server.SendAsync("PUT", "/fhir/Patient/changed", Patient("changed"));
        await server.SendAsync("PUT", "/fhir/Patient/changed", Patient("changed", "female"));
        string body = Bundle("transaction", Put("Patient", "beside"), Put("Patient", "changed", ifMatch: "W/\\\"1\\\""));

        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir", body), 412, "version-conflict", "Bundle.entry[1].request.ifMatch");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/beside"), 404, "not-found");
        Assert.Equal("female", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/changed")))["gender"]);
    }

    [Fact]
    public async Task Transaction_ThatCannotBeRead_NamesTheElementOfTheEntry()
    {
        string body = Bundle("transaction", Put("Patient", "fine"), Put("Patient", "wrong", more: ",\"birthDate\":\"soon\""));

        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir", body), 400, "value-invalid", "Bundle.entry[1].resource.birthDate");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/fine"), 404, "not-found");
    }

    [Fact]
    public async Task Transaction_CreatesUpdatesAndDeletes_InOneGo()
    {
        await server.SendAsync("PUT", "/fhir/Patient/kept", Patient("kept"));
        await server.SendAsync("PUT", "/fhir/Patient/gone", Patient("gone"));
        string body = Bundle(
            "transaction",
            Put("Patient", "kept", more: ",\"gender\":\"other\""),
            """{"request":{"method":"DELETE","url":"Patient/gone"}}""",
            """{"request":{"method":"DELETE","url":"Patient/never"}}""",
            """{"request":{"method":"POST","url":"Organization"},"resource":{"resourceType":"Organization","id":"mine","name":"x"}}""");

        JsonNode response = await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir", body));
        Assert.Equal(["200 OK", "204 No Content", "204 No Content", "201 Created"], Statuses(response));
        Assert.Equal("W/\"2\"", (string?)response["entry"]![0]!["response"]!["etag"]);
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/gone"), 410, "deleted");

        // R4 http.html#create: the server ignores the id of what is created.
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Organization/mine"), 404, "not-found");
        string created = new Uri((string)response["entry"]![3]!["response"]!["location"]!).AbsolutePath;
        Assert.Equal("x", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", created)))["name"]);
    }

    [Fact]
    public async Task Transaction_InXml_IsAnsweredInXml()
    {
        const string Body = """
            <Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/><entry>
             <resource><Patient><id value="xml-1"/><gender value="male"/></Patient></resource>
             <request><method value="PUT"/><url value="Patient/xml-1"/></request></entry></Bundle>
            """;
        using HttpResponseMessage response = await server.SendAsync("POST", "/fhir", Body, type: ApiServer.Xml, headers: ("Accept", ApiServer.Xml));

        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<type value=\"transaction-response\"", answer, StringComparison.Ordinal);
        Assert.Contains("<status value=\"201 Created\"", answer, StringComparison.Ordinal);
        Assert.Equal("male", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/xml-1")))["gender"]);
    }

    [Theory]
    [InlineData("searchset")]
    [InlineData("collection")]
    [InlineData("document")]
    public async Task OtherBundle_PostedToTheBase_IsRefusedByItsType(string type) => await ApiServer.RefusedAsync(
        await server.SendAsync("POST", "/fhir", $$$"""{"resourceType":"Bundle","type":"{{{type}}}"}"""), 400, "not-supported", "Bundle.type");

    private static string Patient(string id, string gender = "male") => $$$"""{"resourceType":"Patient","id":"{{{id}}}","gender":"{{{gender}}}"}""";

    private static string Put(string type, string id, string? ifMatch = null, string more = "") =>
        $$$"""
        {"request":{"method":"PUT","url":"{{{type}}}/{{{id}}}"{{{(ifMatch is null ? "" : $",\"ifMatch\":\"{ifMatch}\"")}}}},
         "resource":{"resourceType":"{{{type}}}","id":"{{{id}}}"{{{more}}}}}
        """;

    private static string Bundle(string type, params string[] entries) =>
        $$$"""{"resourceType":"Bundle","type":"{{{type}}}","entry":[{{{string.Join(',', entries)}}}]}""";

    private static IEnumerable<string?> Statuses(JsonNode response) => response["entry"]!.AsArray().Select(e => (string?)e!["response"]!["status"]);
}
