using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Database;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Subscriptions;

/// <summary>The whole server on SQLite, which may tell receivers on this machine and is quick to try again.</summary>
public sealed class SubscribedServer : IAsyncLifetime
{
    private readonly RunningServer server = new(
        ("Subscriptions:InsideHosts:0", "127.0.0.1"),
        ("Subscriptions:BaseUrl", "https://record.example/fhir"),
        ("Subscriptions:RetrySeconds", "0.05"),
        ("Subscriptions:LongestRetrySeconds", "1"),
        ("Subscriptions:OffAfterFailures", "4"));

    private readonly Dictionary<string, string> tokens = [];

    public IServiceProvider Rooms => server.Rooms;

    public Uri Base => server.Client.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        foreach (string client in new[] { "one", "two", "record", "records" })
        {
            Role role = client.StartsWith("record", StringComparison.Ordinal) ? Role.RecordClient : Role.SystemClient;
            await TokenAsync(client, role);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Gives a client a (new) token.</summary>
    public async Task<string> TokenAsync(string client, Role role)
    {
        TokenOutcome outcome = await Rooms.GetRequiredService<ClientTokens>().IssueAsync(client, role, 1, CancellationToken.None);
        return tokens[client] = Assert.IsType<TokenOutcome.Issued>(outcome).Token;
    }

    public string TokenOf(string client) => tokens[client];

    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(string method, string path, string? body = null, string client = "one")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/fhir+json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[client]);
        using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Subscribes and waits until the state is there.</summary>
    public async Task<string> SubscribeAsync(string subscription, string client = "one", string until = "active")
    {
        (HttpStatusCode status, JsonNode? body) = await SendAsync("POST", "/fhir/Subscription", subscription, client);
        Assert.True(status == HttpStatusCode.Created, body?.ToJsonString());
        Assert.Equal("requested", (string?)body!["status"]);
        string id = (string)body["id"]!;
        await StatusAsync(id, until, client);
        return id;
    }

    public async Task<JsonNode> StatusAsync(string id, string status, string client = "one")
    {
        JsonNode? found = null;
        for (int i = 0; i < 1500; i++)
        {
            found = (await SendAsync("GET", "/fhir/Subscription/" + id, client: client)).Body;
            if ((string?)found!["status"] == status)
            {
                return found;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The subscription is not {status}: {found?.ToJsonString()}");
        return found!;
    }

    /// <summary>Stores a patient and, for that patient, an observation.</summary>
    public async Task PutAsync(string path, string json, string client = "one")
    {
        (HttpStatusCode status, JsonNode? body) = await SendAsync("PUT", "/fhir/" + path, json, client);
        Assert.True(status is HttpStatusCode.Created or HttpStatusCode.OK, body?.ToJsonString());
    }

    public Task PatientAsync(string id, string client = "one", string more = "") =>
        PutAsync("Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}"{{{more}}}}""", client);

    public Task ObservationAsync(string id, string patient, string code, string client = "one", int value = 1) => PutAsync(
        "Observation/" + id,
        string.Create(CultureInfo.InvariantCulture, $$$"""
            {"resourceType":"Observation","id":"{{{id}}}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"{{{code}}}"}]},
            "subject":{"reference":"Patient/{{{patient}}}"},"valueInteger":{{{value}}}}
            """),
        client);

    public int Execute(string sql, params object?[] values)
    {
        using Session session = Rooms.GetRequiredService<RecordDatabase>().Open();
        return session.Execute(sql, values);
    }

    /// <summary>A subscription by topic.</summary>
    public static string ByTopic(string topic, string endpoint, string content = "id-only", string? filter = null, string more = "", string header = "")
    {
        const string Guide = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
        string criteria = filter is null ? "" : $$"""
            ,"_criteria":{"extension":[{"url":"{{Guide}}backport-filter-criteria","valueString":"{{filter}}"}]}
            """;
        return $$"""
            { "resourceType":"Subscription", "status":"requested", "reason":"A test", "meta":{ "profile":[ "{{Guide}}backport-subscription" ] },
            "criteria":"https://canonbury.org/fhir/SubscriptionTopic/{{topic}}"{{criteria}},
            "channel":{ "type":"rest-hook", "endpoint":"{{endpoint}}", "payload":"application/fhir+json" {{header}} {{more}},
            "_payload":{ "extension":[ { "url":"{{Guide}}backport-payload-content", "valueCode":"{{content}}" } ] } } }
            """;
    }

    /// <summary>A subscription in R4's own form.</summary>
    public static string ByCriteria(string criteria, string endpoint, string? payload = "application/fhir+json")
    {
        string media = payload is null ? "" : $",\"payload\":\"{payload}\"";
        return $$"""
            { "resourceType":"Subscription", "status":"requested", "reason":"A test", "criteria":"{{criteria}}",
            "channel":{ "type":"rest-hook", "endpoint":"{{endpoint}}" {{media}} } }
            """;
    }
}
