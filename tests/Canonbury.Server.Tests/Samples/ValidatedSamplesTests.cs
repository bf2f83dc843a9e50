using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Fhir.Types;
using Canonbury.TestData.Samples;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Samples;

/// <summary>
/// What others made to try validators, wrong on purpose or not, and every UK sample, through <c>$validate</c> with UK Core: each is answered, and what
/// is wrong has a code.
/// </summary>
public sealed partial class ValidatedSamplesTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Folders = ["conformance/validator", "conformance/microsoft-fhir-server", "fhir-uk-r4"];

    private readonly string profiles = Directory.CreateTempSubdirectory("canonbury-profiles-").FullName;

    public void Dispose() => Directory.Delete(profiles, recursive: true);

    [Fact]
    public async Task EverySample_IsAnswered_AndWhatIsWrongHasACode()
    {
        Assert.SkipWhen(UkCore.Missing || Folders.Any(SampleData.Missing), SampleData.Reason);
        UkCore.ExtractTo(profiles);
        await using RunningServer server = new(("Server:ProfilesFolder", profiles));
        await server.InitializeAsync();
        TokenOutcome outcome = await server.Rooms.GetRequiredService<ClientTokens>().IssueAsync("validator", Role.SystemClient, 1, TestContext.Current.CancellationToken);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<TokenOutcome.Issued>(outcome).Token);

        int answered = 0, fine = 0;
        List<string> faults = [];
        foreach (string file in Folders.SelectMany(folder => Directory.EnumerateFiles(SampleData.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".json" or ".xml").Order(StringComparer.Ordinal))
        {
            string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            string type = Type().Match(text) is { Success: true } match && ResourceTypes.Contains(match.Groups["type"].Value) ? match.Groups["type"].Value : "Patient";
            using ByteArrayContent body = new(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            body.Headers.ContentType = new MediaTypeHeaderValue(Path.GetExtension(file) == ".xml" ? "application/fhir+xml" : "application/fhir+json");
            using HttpResponseMessage answer = await server.Client.PostAsync($"/fhir/{type}/$validate?_format=json", body, TestContext.Current.CancellationToken);
            string?[] codes = await CodesAsync(answer);
            answered++;
            fine += codes is ["valid"] ? 1 : 0;
            if ((int)answer.StatusCode is not (200 or 400) || codes.Length == 0 || codes.Contains(null))
            {
                faults.Add($"{file}: {answer.StatusCode} {string.Join(',', codes)}");
            }
        }

        output.WriteLine($"REPORT $validate of samples: {answered} answered, {fine} with nothing to say");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(answered > 400 && fine > 50 && fine < answered, $"{answered}, {fine}");
    }

    private static async Task<string?[]> CodesAsync(HttpResponseMessage answer)
    {
        JsonNode? outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return [.. (outcome!["issue"]?.AsArray() ?? []).Select(issue => (string?)issue!["details"]?["coding"]?[0]?["code"])];
    }

    [GeneratedRegex(@"^\s*<(?<type>[A-Z]\w+)[^>]*xmlns|""resourceType""\s*:\s*""(?<type>\w+)""", RegexOptions.Multiline)]
    private static partial Regex Type();
}
