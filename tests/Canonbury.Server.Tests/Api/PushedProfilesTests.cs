using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Database;
using Canonbury.Server.Api.Profiles;
using Canonbury.TestData.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Feature A5: what is pushed and claims a profile that is known is checked against it, as the deployer wants.</summary>
public sealed class PushedProfilesTests : IDisposable
{
    private const string Profile = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient";

    private const string TwoNumbers = """
        "identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"},{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"}]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-profiles-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Off", 201, 0)]
    [InlineData("Warn", 201, 1)]
    [InlineData("Refuse", 422, 0)]
    public async Task Push_ThatBreaksTheProfileThatItClaims_IsTreatedAsTheDeployerWants(string setting, int status, int noted)
    {
        await using RunningServer server = await StartAsync(setting);
        HttpClient client = await ClientAsync(server);
        using HttpResponseMessage broken = await PostAsync(client, "/fhir/Patient", Claiming(TwoNumbers));
        Assert.Equal(status, (int)broken.StatusCode);
        if (status == 422)
        {
            await ApiServer.RefusedAsync(broken, 422, "cardinality-too-many", "Patient.identifier");
        }

        using Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open();
        Assert.Equal(noted, session.Query("SELECT path FROM finding WHERE code = 'cardinality-too-many'", row => row.Text(0)).Count(path => path == "Patient.identifier"));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "/fhir/Patient", Claiming("\"active\":true"))).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "/fhir/Patient", $"{{\"resourceType\":\"Patient\",{TwoNumbers}}}")).StatusCode);
    }

    [Fact]
    public async Task Validate_KnowsTheProfilesOfTheFolder()
    {
        await using RunningServer server = await StartAsync("Off");
        HttpClient client = await ClientAsync(server);
        using HttpResponseMessage answer = await PostAsync(client, "/fhir/Patient/$validate?profile=" + Profile, $"{{\"resourceType\":\"Patient\",{TwoNumbers}}}");
        JsonNode issue = (await ApiServer.BodyAsync(answer))["issue"]![0]!;
        Assert.Equal(("cardinality-too-many", "Patient.identifier"), ((string?)issue["details"]!["coding"]![0]!["code"], (string?)issue["expression"]![0]));
    }

    [Fact]
    public async Task Folder_ThatIsNotThere_EndsTheStart()
    {
        await using RunningServer server = new(("Server:ProfilesFolder", Path.Combine(folder, "none")));
        await Assert.ThrowsAnyAsync<OptionsValidationException>(async () => await server.InitializeAsync());
    }

    [Fact]
    public void Packages_AreReadToo()
    {
        string inner = Path.Combine(folder, "package");
        Directory.CreateDirectory(inner);
        File.WriteAllText(Path.Combine(inner, "package.json"), """{"name":"example"}""");
        File.WriteAllText(
            Path.Combine(inner, "StructureDefinition-one.json"),
            """{"resourceType":"StructureDefinition","url":"http://example.org/one","name":"One","status":"active","kind":"resource","abstract":false,"type":"Patient"}""");
        using (FileStream file = File.Create(Path.Combine(folder, "example.tgz")))
        using (System.IO.Compression.GZipStream zip = new(file, System.IO.Compression.CompressionLevel.Fastest))
        {
            System.Formats.Tar.TarFile.CreateFromDirectory(inner, zip, includeBaseDirectory: true);
        }

        Directory.Delete(inner, recursive: true);
        ProfileLibrary library = new(
            Options.Create(new ServerOptions { ProfilesFolder = folder }), Microsoft.Extensions.Logging.Abstractions.NullLogger<ProfileLibrary>.Instance);
        Assert.True(library.Profiles.Contains("http://example.org/one"));
    }

    private async Task<RunningServer> StartAsync(string setting)
    {
        Assert.SkipWhen(UkCore.Missing, SampleData.Reason);
        UkCore.ExtractTo(folder);
        RunningServer server = new(("Server:ProfilesFolder", folder), ("Server:ProfilesOnPush", setting));
        await server.InitializeAsync();
        return server;
    }

    private static string Claiming(string more) => $"{{\"resourceType\":\"Patient\",\"meta\":{{\"profile\":[\"{Profile}\"]}},{more}}}";

    private static async Task<HttpClient> ClientAsync(RunningServer server)
    {
        TokenOutcome outcome = await server.Rooms.GetRequiredService<ClientTokens>().IssueAsync("profiles", Role.SystemClient, 1, TestContext.Current.CancellationToken);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<TokenOutcome.Issued>(outcome).Token);
        return server.Client;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string json) =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, ApiServer.Json), TestContext.Current.CancellationToken);
}
