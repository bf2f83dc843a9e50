using System.Net;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Where a source's ids are mapped, no id meets another source's, and the client goes on using its own (design, section 4: ids).</summary>
public sealed class MappedIdsTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Client = "mapped-one";

    private static readonly SourceId Source = new(Client);

    [Fact]
    public async Task TwoSourcesThatPutOneId_MakeTwoPatients()
    {
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync("PUT", "/fhir/Patient/1", """{"resourceType":"Patient","id":"1","gender":"male"}""")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Created, (await server.SendAsync("PUT", "/fhir/Patient/1", """{"resourceType":"Patient","id":"1","gender":"female"}""", Client)).StatusCode);

        JsonNode theirs = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/1", client: Client));
        Assert.Equal(("female", ResourceIds.FhirId(Source, "Patient", "1")), ((string?)theirs["gender"], (string?)theirs["id"]));
        Assert.Equal("male", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/1")))["gender"]);
    }

    [Fact]
    public async Task References_AreRewritten_WhetherTheirTargetIsThereOrNot()
    {
        string body = """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"https://sender.example/fhir/Patient/20","request":{"method":"PUT","url":"Patient/20"},"resource":{"resourceType":"Patient","id":"20"}},
             {"fullUrl":"urn:uuid:22222222-2222-4222-8222-222222222222","request":{"method":"POST","url":"Observation"},
              "resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"https://sender.example/fhir/Patient/20"},
               "performer":[{"reference":"Practitioner/later"},{"reference":"https://elsewhere.example/fhir/Practitioner/1"}],
               "note":[{"authorReference":{"reference":"Patient/20"},"text":"x"}],
               "extension":[{"url":"urn:y","valueReference":{"reference":"Patient/20/_history/3"}}]}},
             {"request":{"method":"POST","url":"DiagnosticReport"},"resource":{"resourceType":"DiagnosticReport","status":"final","code":{"text":"x"},
               "subject":{"reference":"Patient/20"},"result":[{"reference":"urn:uuid:22222222-2222-4222-8222-222222222222"}]}}]}
            """;
        JsonNode response = await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir", body, Client));
        string[] at = [.. response["entry"]!.AsArray().Select(entry => new Uri((string)entry!["response"]!["location"]!).AbsolutePath)];

        string patient = ResourceIds.Reference(Source, "Patient", "20");
        JsonNode observation = await ApiServer.BodyAsync(await server.SendAsync("GET", at[1], client: Client));
        Assert.Equal(patient, (string?)observation["subject"]!["reference"]);
        Assert.Equal(ResourceIds.Reference(Source, "Practitioner", "later"), (string?)observation["performer"]![0]!["reference"]);
        Assert.Equal("https://elsewhere.example/fhir/Practitioner/1", (string?)observation["performer"]![1]!["reference"]);
        Assert.Equal(patient, (string?)observation["note"]![0]!["authorReference"]!["reference"]);
        Assert.Equal(patient, (string?)observation["extension"]![0]!["valueReference"]!["reference"]);
        JsonNode report = await ApiServer.BodyAsync(await server.SendAsync("GET", at[2], client: Client));
        Assert.Equal("Observation/" + (string?)observation["id"], (string?)report["result"]![0]!["reference"]);
    }

    [Fact]
    public async Task ResourceThatWasRead_AndIsSentBack_KeepsItsReferences_WhetherTheirTargetIsThereOrNot()
    {
        JsonNode read = await ApiServer.BodyAsync(await server.SendAsync("PUT", "/fhir/Flag/back", """
            {"resourceType":"Flag","id":"back","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/50"},"author":{"reference":"Practitioner/later"},
             "identifier":[{"system":"urn:back","value":"1"}]}
            """, Client));
        string author = ResourceIds.Reference(Source, "Practitioner", "later");
        foreach (string url in new[] { "Flag/back", "Flag/" + (string)read["id"]!, "Flag?identifier=urn:back|1" })
        {
            read["code"]!["text"] = url;
            read = await ApiServer.BodyAsync(await server.SendAsync("PUT", "/fhir/" + url, read.ToJsonString(), Client));
            Assert.Equal(
                (url, author, ResourceIds.Reference(Source, "Patient", "50")),
                ((string?)read["code"]!["text"], (string?)read["author"]!["reference"], (string?)read["subject"]!["reference"]));
        }
    }

    [Theory]
    [InlineData("kept-one")]
    [InlineData(Client)]
    public async Task Reference_ByThisServersOwnUrl_IsToWhatIsHere(string client)
    {
        using HttpResponseMessage created = await server.SendAsync("POST", "/fhir/Patient", """{"resourceType":"Patient","gender":"male"}""", client);
        string location = created.Headers.Location!.ToString();
        string id = (string)(await ApiServer.BodyAsync(created))["id"]!;
        foreach (string reference in new[] { location, location[..location.IndexOf("/_history", StringComparison.Ordinal)] })
        {
            JsonNode flag = await ApiServer.BodyAsync(await server.SendAsync(
                "POST", "/fhir/Flag", $$$"""{"resourceType":"Flag","status":"active","code":{"text":"x"},"subject":{"reference":"{{{reference}}}"}}""", client));
            Assert.True(flag["subject"] is not null, flag.ToJsonString());
            Assert.StartsWith("Patient/" + id, (string?)flag["subject"]!["reference"], StringComparison.Ordinal);
        }

        JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag?patient=" + id, client: client));
        Assert.Equal(2, found["entry"]!.AsArray().Count);
    }

    [Fact]
    public async Task SentId_IsUsedForEveryInteraction()
    {
        const string Flag = """{"resourceType":"Flag","id":"f1","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/30"}}""";
        await server.SendAsync("PUT", "/fhir/Patient/30", """{"resourceType":"Patient","id":"30"}""", Client);
        await server.SendAsync("PUT", "/fhir/Flag/f1", Flag, Client);
        string ours = ResourceIds.FhirId(Source, "Flag", "f1");

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("PUT", "/fhir/Flag/f1", Flag.Replace("active", "inactive", StringComparison.Ordinal), Client)).StatusCode);
        Assert.Equal("active", (string?)(await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag/f1/_history/1", client: Client)))["status"]);
        foreach (string query in new[] { "patient=30", "subject=Patient/30", "_id=f1", $"_id={ours}", $"patient={ResourceIds.FhirId(Source, "Patient", "30")}" })
        {
            JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag?" + query, client: Client));
            Assert.Equal(ours, (string?)Assert.Single(found["entry"]!.AsArray())!["resource"]!["id"]);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Flag/f1", client: Client)).StatusCode);
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Flag/" + ours, client: Client), 410, "deleted");
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Flag/f1", client: Client), 410, "deleted");
        JsonNode none = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag?patient=30", client: Client));
        Assert.Null(none["entry"]);
    }

    [Fact]
    public async Task SentAgain_IsTheSameResource()
    {
        const string Body = """{"resourceType":"Patient","id":"40","gender":"male"}""";
        string first = (string)(await ApiServer.BodyAsync(await server.SendAsync("POST", "/fhir/Patient", Body, Client)))["id"]!;
        using HttpResponseMessage again = await server.SendAsync("POST", "/fhir/Patient", Body, Client);

        Assert.Equal((HttpStatusCode.OK, "W/\"1\""), (again.StatusCode, again.Headers.ETag!.ToString()));
        Assert.Equal(first, (string?)(await ApiServer.BodyAsync(again))["id"]);
    }
}
