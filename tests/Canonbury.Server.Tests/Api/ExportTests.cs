using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Bulk Data Access 2, from the request to the files. https://hl7.org/fhir/uv/bulkdata/export.html</summary>
public sealed class ExportTests(ExportServer server) : IClassFixture<ExportServer>
{
    private const string Ann = "ann-a ann-b pressure-ann weight-ann";

    [Fact]
    public async Task Levels_AreTheSystem_ThePatients_AndAGroupWithWhoIsLinked()
    {
        Assert.Equal(Sorted($"{Ann} bob club doctor veil-bob weight-bob"), await server.IdsAsync("$export"));
        Assert.Equal(Sorted($"{Ann} bob club veil-bob weight-bob"), await server.IdsAsync("Patient/$export"));
        Assert.Equal(Sorted($"{Ann} club"), await server.IdsAsync("Group/club/$export"));
    }

    [Fact]
    public async Task Grant_DecidesWhatIsExported()
    {
        Assert.Equal("ann-a bob club doctor veil-bob weight-ann weight-bob", await server.IdsAsync("$export", "kept-one"));
        Assert.Equal("ann-b pressure-ann", await server.IdsAsync("$export", "kept-two"));
        Assert.Equal(Sorted($"{Ann} bob club doctor weight-bob"), await server.IdsAsync("$export", "veiled"));
        Assert.Equal("", await server.IdsAsync("$export?_type=Observation&_typeFilter=Observation%3Fcode%3D8302-2", "veiled"));
        using HttpResponseMessage foreign = await server.Api.SendAsync("GET", "fhir/Group/club/$export", client: "kept-two", headers: ("Prefer", "respond-async"));
        await ApiServer.RefusedAsync(foreign, 404, "not-found");
    }

    [Fact]
    public async Task Parameters_Narrow_ByUrlOrBody()
    {
        Assert.Equal("ann-a ann-b bob", await server.IdsAsync("$export?_type=Patient&_outputFormat=ndjson"));
        Assert.Equal("ann-a ann-b bob weight-ann weight-bob", await server.IdsAsync("$export?_type=Patient,Observation&_typeFilter=Observation%3Fcode%3D29463-7"));
        Assert.Equal(
            "veil-bob weight-ann", await server.IdsAsync("$export?_type=Observation&_typeFilter=Observation%3Fcode%3D29463-7%26date%3Dlt2024-02-01,Observation%3Fcode%3D8302-2"));
        Assert.Equal("pressure-ann weight-ann", await server.IdsAsync("Group/club/$export", body: """
            {"resourceType":"Parameters","parameter":[{"name":"_type","valueString":"Observation"},{"name":"_since","valueInstant":"2020-01-01T00:00:00Z"}]}
            """));
        Assert.Equal("", await server.IdsAsync("$export?_since=2999-01-01T00:00:00%2B01:00"));

        JsonNode manifest = await server.FinishAsync(await server.BeginAsync("$export?_type=Patient&_elements=birthDate", "record"), "record");
        Assert.EndsWith("/fhir/$export?_type=Patient&_elements=birthDate", (string?)manifest["request"], StringComparison.Ordinal);
        Assert.True((bool?)manifest["requiresAccessToken"]);
        Assert.Empty(manifest["error"]!.AsArray());
        Assert.All(
            (await server.FileAsync((string)manifest["output"]![0]!["url"]!, "record")).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.True(JsonNode.Parse(line) is { } patient && patient["birthDate"] is not null && patient["name"] is null));
    }

    [Fact]
    public async Task Export_FromTheTimeOfTheOneBefore_HoldsWhatChangedSince()
    {
        await using ExportServer alone = new();
        await alone.InitializeAsync();
        JsonNode old = JsonNode.Parse((await alone.FileAsync(await OnlyFileAsync(alone, "$export?_type=Observation&_typeFilter=Observation%3F_id%3Dveil-bob"), "record")).TrimEnd())!;
        string made = Uri.EscapeDataString((string)old["meta"]!["lastUpdated"]!);
        await alone.PutAsync("kept-one", "Observation/weight-bob", ExportServer.Observation("29463-7", "bob", "2024-06-05"));
        Assert.Equal("weight-bob", await alone.IdsAsync($"$export?_type=Observation&_since={made}"));
    }

    [Fact]
    public async Task Job_IsNotThereForAnotherClient_NorWithoutAToken()
    {
        string location = await server.BeginAsync("$export?_type=Patient", "record");
        string file = (string)(await server.FinishAsync(location, "record"))["output"]![0]!["url"]!;
        foreach (string url in new[] { location, file })
        {
            await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", url, client: "veiled"), 404, "not-found");
            await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", url, client: "nobody"), 401, "token-invalid");
        }

        await ApiServer.RefusedAsync(await server.Api.SendAsync("DELETE", location, client: "kept-one"), 404, "not-found");
        await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", location + "/writing", client: "record"), 404, "not-found");
        await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", location + "/..%2f..%2fcanonbury.db", client: "record"), 404, "not-found");
        Assert.NotEmpty(await server.FileAsync(file, "record"));
    }

    [Fact]
    public async Task Cancel_RemovesTheJobAndItsFiles()
    {
        string location = await server.BeginAsync("$export?_type=Patient", "kept-two");
        string file = (string)(await server.FinishAsync(location, "kept-two"))["output"]![0]!["url"]!;
        using HttpResponseMessage cancelled = await server.Api.SendAsync("DELETE", location, client: "kept-two");
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        foreach (string url in new[] { location, file })
        {
            await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", url, client: "kept-two"), 404, "not-found");
        }

        await ApiServer.RefusedAsync(await server.Api.SendAsync("DELETE", location, client: "kept-two"), 404, "not-found");
    }

    [Fact]
    public async Task Audit_SaysWhatWasExported_BeforeAFileIsThere()
    {
        string location = await server.BeginAsync("$export?_type=Observation", "kept-two");
        await server.FinishAsync(location, "kept-two");
        string entry = Assert.Single((await server.Api.JournalAsync()).Split('\n'), line =>
            line.Contains("export " + location.Split('/')[^1], StringComparison.Ordinal) && line.Contains("Observation", StringComparison.Ordinal)
            && line.Contains(server.Api.Owners("Patient", "kept-two").Single().ToString(), StringComparison.Ordinal));
        Assert.Contains("kept-two", entry, StringComparison.Ordinal);
    }

    private static async Task<string> OnlyFileAsync(ExportServer server, string path) =>
        (string)Assert.Single((await server.FinishAsync(await server.BeginAsync(path, "record"), "record"))["output"]!.AsArray())!["url"]!;

    private static string Sorted(string ids) => string.Join(' ', ids.Split(' ').Order(StringComparer.Ordinal));
}
