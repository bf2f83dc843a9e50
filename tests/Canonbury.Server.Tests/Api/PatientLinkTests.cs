using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>A client says that one of its patients goes on under another. https://hl7.org/fhir/R4/patient.html#replaced</summary>
public sealed class PatientLinkTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("kept-one", "old", "new")]
    [InlineData("kept-two", "0b6c9c2e-5a55-4f8e-8f0e-0c6b6f6a0001", "0b6c9c2e-5a55-4f8e-8f0e-0c6b6f6a0002")]
    [InlineData("mapped-one", "old", "new")]
    public async Task ReplacedBy_MakesBothOnePerson(string client, string old, string survivor)
    {
        foreach (string id in new[] { survivor, old })
        {
            await PutAsync(client, id, "");
        }

        Assert.Equal(2, server.PeopleOf(client).Distinct().Count());
        await PutAsync(client, old, $$$""","active":false,"link":[{"other":{"reference":"Patient/{{{survivor}}}"},"type":"replaced-by"}]""");

        Assert.Equal(2, server.PeopleOf(client).Count);
        Assert.Single(server.PeopleOf(client).Distinct());
        JsonNode read = await ApiServer.BodyAsync(await server.SendAsync("GET", "/fhir/Patient/" + old, client: client));
        Assert.False((bool)read["active"]!);
    }

    private async Task PutAsync(string client, string id, string more)
    {
        string body = $$$"""{"resourceType":"Patient","id":"{{{id}}}","name":[{"family":"Ashdown","given":["{{{id}}}"]}]{{{more}}}}""";
        HttpStatusCode status = (await server.SendAsync("PUT", "/fhir/Patient/" + id, body, client)).StatusCode;
        Assert.True(status is HttpStatusCode.Created or HttpStatusCode.OK);
    }
}
