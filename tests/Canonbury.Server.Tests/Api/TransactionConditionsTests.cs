using System.Text.Json.Nodes;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Conditions, patches, references and reads in a transaction. https://hl7.org/fhir/R4/http.html#trules</summary>
public sealed class TransactionConditionsTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Mapped = "mapped-one";

    [Theory]
    [InlineData("kept-one")]
    [InlineData(Mapped)]
    public async Task ReferencesToAConditionalCreate_AreToWhatIsThere(string client)
    {
        string[] entries =
        [
            """{"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:t|1"},"resource":{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"1"}]}}""",
            """{"request":{"method":"POST","url":"Flag"},"resource":{"resourceType":"Flag","status":"active","code":{"text":"x"},"subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"}}}""",
        ];
        JsonNode first = await SendAsync(client, entries);
        JsonNode again = await SendAsync(client, entries);
        Assert.Equal(["201 Created", "201 Created"], Statuses(first));
        Assert.Equal(["200 OK", "201 Created"], Statuses(again));
        Assert.Equal(Location(first, 0), Location(again, 0));
        Assert.NotEqual(Location(first, 1), Location(again, 1));
        string patient = Location(first, 0).Split('/')[^3];
        JsonNode flags = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag?patient=" + patient, client: client));
        Assert.Equal(2, flags["entry"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("kept-one")]
    [InlineData(Mapped)]
    public async Task ConditionalReference_IsToTheOneMatchInTheStore(string client)
    {
        JsonNode patient = await ApiServer.BodyAsync(await server.SendAsync(
            "PUT", "/fhir/Patient/stored", """{"resourceType":"Patient","id":"stored","identifier":[{"system":"urn:t","value":"stored"}]}""", client));
        JsonNode response = await SendAsync(client, Flag("f1", "Patient?identifier=urn:t|stored"), Flag("f2", "Patient?identifier=urn%3At%7Cstored"));
        Assert.Equal(["201 Created", "201 Created"], Statuses(response));
        foreach (string id in new[] { "f1", "f2" })
        {
            JsonNode flag = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag/" + id, client: client));
            Assert.Equal("Patient/" + (string?)patient["id"], (string?)flag["subject"]!["reference"]);
        }
    }

    [Fact]
    public async Task ConditionalReference_CountsTheEntriesAndTheStoreTogether()
    {
        await PutAsync("s1", "both");
        string put = """{"request":{"method":"PUT","url":"Patient/s1"},"resource":{"resourceType":"Patient","id":"s1","identifier":[{"system":"urn:t","value":"both"}],"gender":"male"}}""";
        Assert.Equal(["200 OK", "201 Created"], Statuses(await SendAsync("kept-one", put, Flag("f3", "Patient?identifier=urn:t|both"))));

        string another = """{"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"both"}]}}""";
        await RefusedAsync(400, "reference-conditional", "Bundle.entry[1].resource.subject.reference", another, Flag("f4", "Patient?identifier=urn:t|both"));
        Assert.Equal(
            ["204 No Content", "201 Created", "201 Created"],
            Statuses(await SendAsync("kept-one", """{"request":{"method":"DELETE","url":"Patient/s1"}}""", another, Flag("f5", "Patient?identifier=urn:t|both"))));
    }

    [Theory]
    [InlineData("Patient?identifier=urn:t|none")]
    [InlineData("Patient?name=a")]
    [InlineData("Patient?")]
    [InlineData("Nothing?identifier=a")]
    [InlineData("?identifier=a")]
    public async Task ConditionalReference_WithoutAMatch_RefusesAll(string reference) =>
        await RefusedAsync(400, "reference-conditional", "Bundle.entry[0].resource.subject.reference", Flag("f6", reference));

    [Fact]
    public async Task ConditionalEntries_AreResolvedBeforeAnythingIsWritten()
    {
        await PutAsync("u1", "u");
        await PutAsync("d1", "d");
        JsonNode response = await SendAsync(
            "kept-one",
            """{"request":{"method":"PUT","url":"Patient?identifier=urn:t|u"},"resource":{"resourceType":"Patient","gender":"male","identifier":[{"system":"urn:t","value":"u"}]}}""",
            """{"request":{"method":"DELETE","url":"Patient?identifier=urn:t|d"}}""",
            """{"request":{"method":"DELETE","url":"Patient?identifier=urn:t|never"}}""",
            """{"request":{"method":"PUT","url":"Patient?identifier=urn:t|new"},"resource":{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"new"}]}}""",
            """{"request":{"method":"PATCH","url":"Patient?identifier=urn:t|p"},"resource":{"resourceType":"Parameters"}}""");
        Assert.Equal("not-found", (string?)response["issue"]![0]!["details"]!["coding"]![0]!["code"]);
        Assert.Equal("Bundle.entry[4].request.url", (string?)response["issue"]![0]!["expression"]![0]);
        Assert.Equal("W/\"1\"", (await server.SendAsync("GET", "/fhir/Patient/u1")).Headers.ETag!.ToString());

        await PutAsync("p1", "p");
        response = await SendAsync(
            "kept-one",
            """{"request":{"method":"PATCH","url":"Patient?identifier=urn:t|p"},"resource":{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},{"name":"name","valueString":"active"},{"name":"value","valueBoolean":true}]}]}}""",
            """{"request":{"method":"PATCH","url":"Patient/u1"},"resource":{"resourceType":"Binary","contentType":"application/json-patch+json","data":"W3sib3AiOiJhZGQiLCJwYXRoIjoiL2dlbmRlciIsInZhbHVlIjoibWFsZSJ9XQ=="}}""",
            """{"request":{"method":"DELETE","url":"Patient?identifier=urn:t|d"}}""",
            """{"request":{"method":"DELETE","url":"Patient?identifier=urn:t|never"}}""",
            """{"request":{"method":"PUT","url":"Patient?identifier=urn:t|new"},"resource":{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"new"}]}}""");
        Assert.Equal(["200 OK", "200 OK", "204 No Content", "204 No Content", "201 Created"], Statuses(response));
        Assert.True((bool)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/p1")))["active"]!);
        Assert.Equal("male", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/u1")))["gender"]);
    }

    [Fact]
    public async Task ManyMatches_RefuseAll()
    {
        await PutAsync("m1", "m");
        await PutAsync("m2", "m");
        const string Resource = """{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"m"}]}""";
        await RefusedAsync(412, "multiple-matches", "Bundle.entry[0].request.ifNoneExist", $$$"""{"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:t|m"},"resource":{{{Resource}}}}""");
        await RefusedAsync(412, "multiple-matches", "Bundle.entry[0].request.url", $$$"""{"request":{"method":"PUT","url":"Patient?identifier=urn:t|m"},"resource":{{{Resource}}}}""");
        await RefusedAsync(412, "multiple-matches", "Bundle.entry[0].request.url", """{"request":{"method":"DELETE","url":"Patient?identifier=urn:t|m"}}""");
    }

    [Theory]
    [InlineData("""{"request":{"method":"DELETE","url":"Patient/o1"}}""")]
    [InlineData("""{"request":{"method":"DELETE","url":"Patient?identifier=urn:t|o"}}""")]
    [InlineData("""{"request":{"method":"PUT","url":"Patient?identifier=urn:t|o"},"resource":{"resourceType":"Patient"}}""")]
    [InlineData("""{"request":{"method":"PATCH","url":"Patient/o1"},"resource":{"resourceType":"Parameters"}}""")]
    public async Task TheSameResourceTwice_RefusesAll(string second)
    {
        await PutAsync("o1", "o");
        await RefusedAsync(400, "entry-duplicate", null, """{"request":{"method":"PUT","url":"Patient/o1"},"resource":{"resourceType":"Patient","id":"o1"}}""", second);
    }

    [Fact]
    public async Task TwoCreatesOnOneCondition_RefuseAll()
    {
        const string Create = """{"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:t|twice"},"resource":{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"twice"}]}}""";
        await RefusedAsync(400, "entry-duplicate", "Bundle.entry[1].request.url", Create, Create);
        await PutAsync("t1", "twice");
        Assert.Equal(["200 OK", "200 OK"], Statuses(await SendAsync("kept-one", Create, Create)));
    }

    [Fact]
    public async Task Reads_SeeWhatTheTransactionWrote()
    {
        await PutAsync("r2", "r2");
        JsonNode response = await SendAsync(
            "kept-one",
            """{"request":{"method":"GET","url":"Patient/r1"}}""",
            """{"request":{"method":"GET","url":"Patient?identifier=urn:t|r1"}}""",
            """{"request":{"method":"PUT","url":"Patient/r1"},"resource":{"resourceType":"Patient","id":"r1","identifier":[{"system":"urn:t","value":"r1"}]}}""",
            """{"request":{"method":"HEAD","url":"Patient/r2"}}""",
            """{"request":{"method":"GET","url":"Patient/r2/_history/1"}}""");
        Assert.Equal(["200 OK", "200 OK", "201 Created", "200 OK", "200 OK"], Statuses(response));
        Assert.Equal("r1", (string?)response["entry"]![0]!["resource"]!["id"]);
        Assert.Equal("r1", (string?)response["entry"]![1]!["resource"]!["entry"]![0]!["resource"]!["id"]);
        Assert.Null(response["entry"]![3]!["resource"]);
    }

    [Theory]
    [InlineData("Patient/none", 404, "not-found")]
    [InlineData("Patient/r3", 410, "deleted")]
    [InlineData("Patient?birthdate=soon", 400, "parameter-value-invalid")]
    public async Task ReadThatFails_RefusesAllBeforeAnythingIsWritten(string url, int status, string code)
    {
        await PutAsync("r3", "r3");
        await RefusedAsync(
            status, code, "Bundle.entry[2].request.url",
            """{"request":{"method":"PUT","url":"Patient/r4"},"resource":{"resourceType":"Patient","id":"r4"}}""",
            """{"request":{"method":"DELETE","url":"Patient/r3"}}""",
            $$$"""{"request":{"method":"GET","url":"{{{url}}}"}}""");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/r4"), 404, "not-found");
    }

    [Fact]
    public async Task EveryRefusedEntry_IsNamed()
    {
        JsonNode outcome = await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir", Bundle(
            """{"request":{"method":"GET","url":"Nothing/1"}}""", """{"request":{"method":"PUT","url":"Patient/a/b"}}""", """{"resource":{"resourceType":"Patient"}}""")));
        Assert.Equal(
            ["Bundle.entry[0].request.url", "Bundle.entry[1].request.url", "Bundle.entry[2].request"],
            outcome["issue"]!.AsArray().Select(issue => (string?)issue!["expression"]![0]));
    }

    [Theory]
    [InlineData("kept-one")]
    [InlineData(Mapped)]
    public async Task UrlsOfThisServer_AreAccepted(string client)
    {
        string url = server.Nobody.BaseAddress + "fhir/";
        JsonNode response = await SendAsync(
            client,
            $$$"""{"fullUrl":"{{{url}}}Patient/abs","request":{"method":"PUT","url":"{{{url}}}Patient/abs"},"resource":{"resourceType":"Patient","id":"abs"}}""",
            $$$"""{"fullUrl":"{{{url}}}Flag/abs","request":{"method":"PUT","url":"Flag/abs"},"resource":{"resourceType":"Flag","id":"abs","status":"active","code":{"text":"x"},"subject":{"reference":"{{{url}}}Patient/abs"} } }""");
        Assert.Equal(["201 Created", "201 Created"], Statuses(response));
        string id = client == Mapped ? ResourceIds.FhirId(new SourceId(client), "Patient", "abs") : "abs";
        Assert.Equal($"{url}Patient/{id}/_history/1", Location(response, 0));
        Assert.Equal("Patient/" + id, (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag/abs", client: client)))["subject"]!["reference"]);
    }

    [Fact]
    public async Task Update_WhereIdsAreMapped_TakesEitherIdInUrlAndBody()
    {
        string ours = ResourceIds.FhirId(new SourceId(Mapped), "Patient", "either");
        await server.SendAsync("PUT", "/fhir/Patient/either", """{"resourceType":"Patient","id":"either"}""", Mapped);
        foreach ((string inUrl, string inBody, string gender) in new[] { ("either", ours, "male"), (ours, "either", "female"), (ours, ours, "other") })
        {
            JsonNode put = await ApiServer.BodyAsync(await server.SendAsync(
                "PUT", "/fhir/Patient/" + inUrl, $$$"""{"resourceType":"Patient","id":"{{{inBody}}}","gender":"{{{gender}}}"}""", Mapped));
            Assert.Equal((ours, gender), ((string?)put["id"], (string?)put["gender"]));
        }
    }

    private Task PutAsync(string id, string value) => server.SendAsync(
        "PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","identifier":[{"system":"urn:t","value":"{{{value}}}"}]}""");

    private static string Flag(string id, string subject) =>
        $$$"""{"request":{"method":"PUT","url":"Flag/{{{id}}}"},"resource":{"resourceType":"Flag","id":"{{{id}}}","status":"active","code":{"text":"x"},"subject":{"reference":"{{{subject}}}"} } }""";

    private static string Bundle(params string[] entries) => $$$"""{"resourceType":"Bundle","type":"transaction","entry":[{{{string.Join(',', entries)}}}]}""";

    private async Task<JsonNode> SendAsync(string client, params string[] entries) =>
        await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir", Bundle(entries), client));

    private async Task RefusedAsync(int status, string code, string? element, params string[] entries) =>
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir", Bundle(entries)), status, code, element);

    private static string Location(JsonNode response, int entry) => (string)response["entry"]![entry]!["response"]!["location"]!;

    private static IEnumerable<string?> Statuses(JsonNode response) => response["entry"]!.AsArray().Select(e => (string?)e!["response"]!["status"]);
}
