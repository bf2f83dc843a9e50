using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Each entry of a batch is a request of its own. https://hl7.org/fhir/R4/http.html#brules</summary>
public sealed class BatchTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Batch_WritesWhatItCan_AndSaysOfEachEntryWhyNot()
    {
        await server.SendAsync("PUT", "/fhir/Patient/held", """{"resourceType":"Patient","id":"held"}""", "kept-two");
        JsonNode response = await SendAsync(
            Put("b1"),
            Put("held"),
            Put("b2", ifMatch: "W/\\\"7\\\""),
            """{"request":{"method":"DELETE","url":"Patient/never"}}""",
            """{"request":{"method":"PUT","url":"Patient/b3"}}""",
            """{"request":{"method":"PUT","url":"Patient/b4"},"resource":{"resourceType":"Patient","id":"b4","birthDate":"2020-01-01","contact":[{"gender":"male"}]}}""",
            """{"request":{"method":"PUT","url":"Flag/b5"},"resource":{"resourceType":"Flag","id":"b6","status":"active","code":{"text":"x"},"subject":{"display":"who"}}}""",
            """{"request":{"method":"GET","url":"Patient/none"}}""",
            """{"request":{"method":"GET","url":"Nothing/1"}}""",
            """{"request":{"method":"GET","url":"Patient/1/2/3"}}""",
            """{"request":{"method":"GET","url":"http://elsewhere.example/fhir/Patient/1"}}""",
            """{"resource":{"resourceType":"Patient"}}""",
            """{"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Group","type":"person","actual":true}}""");

        Assert.Equal("batch-response", (string?)response["type"]);
        Assert.Equal(
            [
                "201 Created", "409 Conflict", "412 Precondition Failed", "204 No Content", "400 Bad Request", "201 Created", "400 Bad Request",
                "404 Not Found", "404 Not Found", "400 Bad Request", "400 Bad Request", "400 Bad Request", "400 Bad Request",
            ],
            Statuses(response));
        Assert.Equal(
            [
                "id-taken Bundle.entry[1].resource.id", "version-conflict Bundle.entry[2].request.ifMatch", "entry-resource-absent Bundle.entry[4].resource",
                "id-mismatch Bundle.entry[6].resource.id", "not-found Bundle.entry[7].request.url", "resource-type-unknown Bundle.entry[8].request.url",
                "request-url-invalid Bundle.entry[9].request.url", "request-url-invalid Bundle.entry[10].request.url", "entry-request-absent Bundle.entry[11].request",
                "type-mismatch Bundle.entry[12].resource",
            ],
            response["entry"]!.AsArray().Select(entry => entry!["response"]!["outcome"]).Where(outcome => outcome is not null)
                .Select(outcome => $"{outcome!["issue"]![0]!["details"]!["coding"]![0]!["code"]} {outcome["issue"]![0]!["expression"]![0]}"));
        Assert.Equal("b4", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/b4")))["id"]);
    }

    [Fact]
    public async Task Batch_IsDoneInTheOrderOfATransaction()
    {
        string url = server.Nobody.BaseAddress + "fhir/Patient/b10";
        JsonNode response = await SendAsync(
            $$$"""{"request":{"method":"GET","url":"{{{url}}}"}}""",
            """{"request":{"method":"PATCH","url":"Patient/b10"},"resource":{"resourceType":"Binary","contentType":"application/json-patch+json","data":"W3sib3AiOiJyZXBsYWNlIiwicGF0aCI6Ii9nZW5kZXIiLCJ2YWx1ZSI6ImZlbWFsZSJ9XQ=="}}""",
            Put("b10", ",\"gender\":\"male\""),
            """{"request":{"method":"HEAD","url":"Patient/b10"}}""",
            """{"request":{"method":"GET","url":"/Patient?_id=b10"}}""",
            """{"request":{"method":"GET","url":"Patient/b10/_history/1"}}""",
            """{"request":{"method":"GET","url":"Patient/b10","ifNoneMatch":"W/\"2\""}}""");

        Assert.Equal(["200 OK", "200 OK", "201 Created", "200 OK", "200 OK", "200 OK", "304 Not Modified"], Statuses(response));
        JsonArray entries = response["entry"]!.AsArray();
        Assert.Equal(("female", "W/\"2\""), ((string?)entries[0]!["resource"]!["gender"], (string?)entries[0]!["response"]!["etag"]));
        Assert.Null(entries[3]!["resource"]);
        Assert.Equal("W/\"2\"", (string?)entries[3]!["response"]!["etag"]);
        Assert.Equal(("Bundle", "b10"), ((string?)entries[4]!["resource"]!["resourceType"], (string?)entries[4]!["resource"]!["entry"]![0]!["resource"]!["id"]));
        Assert.Equal("male", (string?)entries[5]!["resource"]!["gender"]);
        Assert.Null(entries[6]!["resource"]);
    }

    [Fact]
    public async Task ConditionsOfEntries_AreThoseOfRequests()
    {
        const string Resource = """{"resourceType":"Patient","identifier":[{"system":"urn:batch","value":"1"}]}""";
        JsonNode first = await SendAsync(
            $$$"""{"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:batch|1"},"resource":{{{Resource}}}}""");
        Assert.Equal(["201 Created"], Statuses(first));
        JsonNode again = await SendAsync(
            $$$"""{"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:batch|1"},"resource":{{{Resource}}}}""",
            $$$"""{"request":{"method":"PUT","url":"Patient?identifier=urn:batch|1"},"resource":{{{Resource.Replace("Patient\"", "Patient\",\"gender\":\"male\"", StringComparison.Ordinal)}}}}""",
            """{"request":{"method":"DELETE","url":"Patient?identifier=urn:batch|none"}}""",
            """{"request":{"method":"POST","url":"Patient","ifNoneExist":"colour=red"},"resource":{"resourceType":"Patient"}}""",
            """{"request":{"method":"DELETE","url":"Patient?"}}""");
        Assert.Equal(["200 OK", "200 OK", "204 No Content", "400 Bad Request", "400 Bad Request"], Statuses(again));
        string location = (string)first["entry"]![0]!["response"]!["location"]!;
        Assert.Equal(location, (string?)again["entry"]![0]!["response"]!["location"]);
        Assert.Equal(location.Replace("_history/1", "_history/2", StringComparison.Ordinal), (string?)again["entry"]![1]!["response"]!["location"]);
    }

    [Theory]
    [InlineData("PUT", "Patient/a%20b", 400)]
    [InlineData("PUT", "Patient/a%2Fb", 400)]
    [InlineData("PUT", "Patient/%", 400)]
    [InlineData("PUT", "Patient/%00", 400)]
    [InlineData("PUT", "?", 400)]
    [InlineData("PUT", "Patient/?identifier=%zz|%00", 201)]
    [InlineData("GET", "Patient?identifier=%", 200)]
    [InlineData("GET", "Patient/%00", 404)]
    [InlineData("GET", "//Patient///none//", 404)]
    [InlineData("GET", "../metadata", 404)]
    [InlineData("GET", "Patient/x/_history/99999999999999999999", 404)]
    [InlineData("GET", "Patient/x/$everything", 404)]
    [InlineData("POST", "$validate", 400)]
    [InlineData("POST", "Bundle", 400)]
    [InlineData("DELETE", "Patient/%ff", 204)]
    [InlineData("PATCH", "Patient/none", 404)]
    public async Task HostileUrls_AreAnsweredByEntry(string method, string url, int status)
    {
        string patch = method == "PATCH" ? """{"resourceType":"Parameters"}""" : """{"resourceType":"Patient"}""";
        string resource = method is "GET" or "DELETE" ? "" : $",\"resource\":{patch}";
        JsonNode response = await SendAsync($$$"""{"request":{"method":"{{{method}}}","url":"{{{url}}}"}{{{resource}}}}""");
        Assert.StartsWith(status.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(Statuses(response)), StringComparison.Ordinal);
    }

    private async Task<JsonNode> SendAsync(params string[] entries) => await ApiServer.BodyAsync(await server.SendAsync(
        "POST", "/fhir", $$$"""{"resourceType":"Bundle","type":"batch","entry":[{{{string.Join(',', entries)}}}]}"""));

    private static string Put(string id, string more = "", string? ifMatch = null) =>
        $$$"""
        {"request":{"method":"PUT","url":"Patient/{{{id}}}"{{{(ifMatch is null ? "" : $",\"ifMatch\":\"{ifMatch}\"")}}}},
         "resource":{"resourceType":"Patient","id":"{{{id}}}"{{{more}}}}}
        """;

    private static IEnumerable<string?> Statuses(JsonNode response) => response["entry"]!.AsArray().Select(e => (string?)e!["response"]!["status"]);
}
