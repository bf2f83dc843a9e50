using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Access;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Types;
using Canonbury.Intake.Inbox;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>The whole server on SQLite, with clients of sources whose ids are kept, and of one whose ids are mapped.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    public const string Json = "application/fhir+json";
    public const string Xml = "application/fhir+xml";

    private readonly RunningServer server = new(
        ("Server:MaxBodyMegabytes", "1"),
        ("Server:MaxBundleEntries", "300"),
        ("Server:CorsOrigins:0", "https://app.example"),
        ("Intake:Sources:0:Code", "mapped-one"),
        ("Intake:Sources:0:Name", "A system whose ids are mapped"),
        ("Intake:Sources:1:Code", "kept-both"),
        ("Intake:Sources:1:Name", "A system that sends messages too"),
        ("Intake:Sources:1:KeepIds", "true"))
    {
        First = services => services.AddSingleton<FindHidden>((caller, _) => caller.Account == "veiled" ? Hidden : null),
    };

    private readonly Dictionary<string, string> tokens = [];

    /// <summary>What the client <c>veiled</c> may not see; it would else see every source's resources.</summary>
    public static bool Hidden(ResourceValues resource) => resource.Id.Contains("veil", StringComparison.Ordinal);

    public IServiceProvider Rooms => server.Rooms;

    /// <summary>A client without a token.</summary>
    public HttpClient Nobody => server.Client;

    /// <summary>The base of the FHIR API.</summary>
    public Uri Base => new(server.Client.BaseAddress!, "/fhir");

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        foreach (string client in new[] { "kept-one", "kept-two", "kept-both", "mapped-one", "record", "veiled" })
        {
            Role role = client is "record" or "veiled" ? Role.RecordClient : Role.SystemClient;
            TokenOutcome outcome = await Rooms.GetRequiredService<ClientTokens>().IssueAsync(client, role, 1, CancellationToken.None);
            tokens[client] = Assert.IsType<TokenOutcome.Issued>(outcome).Token;
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Sends as a client (by default one whose ids are kept).</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, string client = "kept-one", string type = Json, params (string Name, string Value)[] headers)
    {
        using StringContent? content = body is null ? null : new(body, Encoding.UTF8);
        content?.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await SendAsync(method, path, content, client, headers);
    }

    /// <summary>Sends a body with headers of its own.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, HttpContent? content, string client = "kept-one", params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = content };
        request.Headers.Authorization = tokens.TryGetValue(client, out string? token) ? new AuthenticationHeaderValue("Bearer", token) : null;
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Nobody.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public string TokenOf(string client) => tokens[client];

    /// <summary>Takes in an HL7 v2 message of a source.</summary>
    public Task<InboxReceipt> ReceiveAsync(string message, string source) => Rooms.GetRequiredService<ReceiveMessage>()(
        new Feed("test", new SourceId(source), TimeZoneInfo.Utc), Encoding.ASCII.GetBytes(message), TestContext.Current.CancellationToken);

    /// <summary>The patients that own a source's resources of a type.</summary>
    public List<Guid> Owners(string type, string source)
    {
        using Session session = Rooms.GetRequiredService<RecordDatabase>().Open();
        return session.Query(
            "SELECT DISTINCT patient FROM resource WHERE source = $1 AND type = $2 ORDER BY patient", row => row.Id(0), source, ResourceTypes.NumberOf(type));
    }

    /// <summary>The person of each of a source's patients.</summary>
    public List<Guid> PeopleOf(string source)
    {
        using Session session = Rooms.GetRequiredService<RecordDatabase>().Open();
        return session.Query("SELECT person FROM person_patient WHERE source = $1 ORDER BY patient", row => row.Id(0), source);
    }

    /// <summary>What this process's audit journal holds now: whatever is there was there before the next request.</summary>
    public async Task<string> JournalAsync()
    {
        StringBuilder journal = new();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(server.Folder, "audit")).Order(StringComparer.Ordinal))
        {
            // .NET respects the server's lock on its journal; another program reads past it.
            using Process cat = Process.Start(new ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true })!;
            journal.Append(await cat.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return journal.ToString();
    }

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    /// <summary>The answer must be an OperationOutcome with this code and, where given, element.</summary>
    public static async Task RefusedAsync(HttpResponseMessage response, int status, string code, string? element = null)
    {
        JsonNode outcome = await BodyAsync(response);
        Assert.Equal(
            (status, "OperationOutcome", code),
            ((int)response.StatusCode, (string?)outcome["resourceType"], (string?)outcome["issue"]![0]!["details"]!["coding"]![0]!["code"]));
        if (element is not null)
        {
            Assert.Equal(element, (string?)outcome["issue"]![0]!["expression"]![0]);
        }
    }
}
