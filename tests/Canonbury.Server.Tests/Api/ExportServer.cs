using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Canonbury.Server.Api.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>A server with people whom two sources know, and the way of a client through an export.</summary>
public sealed class ExportServer : IAsyncLifetime
{
    public ApiServer Api { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Api.InitializeAsync();
        await PutAsync("kept-one", "Practitioner/doctor", """ "name":[{"family":"Bell"}] """);
        foreach ((string client, string id) in new[] { ("kept-one", "ann-a"), ("kept-two", "ann-b") })
        {
            await PutAsync(client, $"Patient/{id}", """
                "identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000026"}],"name":[{"family":"Osei","given":["Ama"]}],
                "birthDate":"1962-07-09","address":[{"postalCode":"N1 1AA"}]
                """);
        }

        await PutAsync("kept-one", "Patient/bob", """ "name":[{"family":"Marsh"}],"birthDate":"1971-01-01" """);
        await PutAsync("kept-one", "Observation/weight-ann", Observation("29463-7", "ann-a", "2024-01-05"));
        await PutAsync("kept-two", "Observation/pressure-ann", Observation("85354-9", "ann-b", "2024-03-05"));
        await PutAsync("kept-one", "Observation/weight-bob", Observation("29463-7", "bob", "2024-02-05"));
        await PutAsync("kept-one", "Observation/veil-bob", Observation("8302-2", "bob", "2024-02-06"));
        await PutAsync("kept-one", "Group/club", """
            "type":"person","actual":true,"member":[{"entity":{"reference":"Patient/ann-a"}},{"entity":{"reference":"Patient/bob"},"inactive":true}]
            """);
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    /// <summary>No export goes on by itself from now on.</summary>
    public Task StopRunningAsync() =>
        Api.Rooms.GetServices<IHostedService>().OfType<ExportService>().Single().StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Begins an export; where to ask for it.</summary>
    public async Task<string> BeginAsync(string path, string client, string? body = null)
    {
        using HttpResponseMessage response = await Api.SendAsync(body is null ? "GET" : "POST", "fhir/" + path, body, client, headers: ("Prefer", "respond-async"));
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.Content.Headers.ContentLocation!.ToString();
    }

    /// <summary>Asks until it is done; the manifest.</summary>
    public async Task<JsonNode> FinishAsync(string location, string client)
    {
        for (int i = 0; i < 600; i++)
        {
            using HttpResponseMessage response = await Api.SendAsync("GET", location, client: client);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
                Assert.True(response.Content.Headers.Expires > TimeProvider.System.GetUtcNow());
                return await ApiServer.BodyAsync(response);
            }

            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.NotEmpty(response.Headers.GetValues("X-Progress").Single());
            Assert.True(int.Parse(response.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture) > 0);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The export does not come to an end.");
    }

    /// <summary>An export from the request to the ids in its files, each with its type, in order.</summary>
    public async Task<string> IdsAsync(string path, string client = "record", string? body = null)
    {
        JsonNode manifest = await FinishAsync(await BeginAsync(path, client, body), client);
        List<string> ids = [];
        foreach (JsonNode? output in manifest["output"]!.AsArray())
        {
            string[] lines = (await FileAsync((string)output!["url"]!, client)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal((int)output["count"]!, lines.Length);
            JsonNode[] resources = [.. lines.Select(line => JsonNode.Parse(line)!)];
            Assert.All(resources, resource => Assert.Equal((string)output["type"]!, (string)resource["resourceType"]!));
            ids.AddRange(resources.Select(resource => (string)resource["id"]!));
        }

        return string.Join(' ', ids.Order(StringComparer.Ordinal));
    }

    public async Task<string> FileAsync(string url, string client)
    {
        using HttpResponseMessage response = await Api.SendAsync("GET", url, client: client, headers: ("Accept", "application/fhir+ndjson"));
        Assert.Equal((HttpStatusCode.OK, "application/fhir+ndjson"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task PutAsync(string client, string reference, string elements)
    {
        string[] name = reference.Split('/');
        using HttpResponseMessage response = await Api.SendAsync("PUT", "fhir/" + reference, $$"""{"resourceType":"{{name[0]}}","id":"{{name[1]}}",{{elements}}}""", client);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static string Observation(string code, string patient, string date) => $$"""
        "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"{{code}}"}]},"subject":{"reference":"Patient/{{patient}}"},"effectiveDateTime":"{{date}}"
        """;
}
