using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>One source that sends HL7 v2 and has a FHIR client too: both speak about the same patients.</summary>
public sealed class SharedSourceTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("mapped-one")]
    [InlineData("kept-both")]
    public async Task Client_FindsThePatientOfAMessage_AndAddsToIt(string source)
    {
        string number = "N-" + source;
        await server.ReceiveAsync(
            $"MSH|^~\\&|X|Y|||20260101120000||ADT^A01^ADT_A01|{number}|P|2.4\rEVN|A01|20260101120000\rPID|1||{number}^^^PAS^MR||Holloway^Nia||19700101|F\r", source);
        JsonNode found = await FindAsync("/fhir/Patient?identifier=" + number, source);
        string patient = (string)found["entry"]![0]!["resource"]!["id"]!;

        using HttpResponseMessage put = await server.SendAsync(
            "PUT", "/fhir/Flag/f1", $$$"""{"resourceType":"Flag","id":"f1","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/{{{patient}}}"}}""", source);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        JsonNode flags = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Flag?patient=" + patient, client: source));
        Assert.Single(flags["entry"]!.AsArray());

        // The message's patient owns it: it stands in the same record.
        Assert.Equal(server.Owners("Patient", source), server.Owners("Flag", source));
    }

    private async Task<JsonNode> FindAsync(string path, string client)
    {
        for (int i = 0; ; i++)
        {
            JsonNode found = await ApiServer.BodyAsync(await server.SendAsync("GET", path, client: client));
            if (found["entry"] is not null || i == 500)
            {
                return found;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
