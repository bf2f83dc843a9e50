using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Database;
using Canonbury.Database.Tests;
using Canonbury.Record.Subscriptions;
using Canonbury.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>Notifications while processes die or stand still: each event is told at least once, in order, by one process at a time.</summary>
public sealed class NotificationProcessTests : IAsyncDisposable
{
    private const string NoPostgreSql = "CANONBURY_TEST_POSTGRES names no PostgreSQL; ./test starts one.";

    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<int> told = [];
    private readonly HttpClient http = new();
    private readonly string hook;
    private readonly Task answering;

    public NotificationProcessTests()
    {
        using Socket free = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        hook = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndPoint!).Port}/";
        free.Close();
        listener.Prefixes.Add(hook);
        listener.Start();
        answering = AnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        http.Dispose();
        await answering;
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task Killed_BetweenSendingAndRecording_TellsAgain()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        await AuthoriseAsync(test);
        await using ServerProcess first = await ServerProcess.StartAsync(test.Options, Folder(test, "first"), new SignalPoint("Notified", 3));
        await SubscribeAsync(first);
        await PutAsync(first, 1, 2);
        await UntilAsync(() => told.Count == 2);
        await PutAsync(first, 3, 3);
        await UntilAsync(() => first.HasEnded);

        await using ServerProcess second = await ServerProcess.StartAsync(test.Options, Folder(test, "second"));
        await PutAsync(second, 4, 5);
        await UntilAsync(() => told.Contains(5));

        // The third was sent, and nobody could know.
        Assert.Equal([1, 2, 3, 3, 4, 5], told);
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task TwoProcesses_TellEachEventOnce_AndAPausedOneNothing()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        await AuthoriseAsync(test);
        await using ServerProcess first = await ServerProcess.StartAsync(test.Options, Folder(test, "first"));
        await SubscribeAsync(first);
        await using ServerProcess second = await ServerProcess.StartAsync(test.Options, Folder(test, "second"));
        await Task.WhenAll(PutAsync(first, 1, 10), PutAsync(second, 11, 20));
        await UntilAsync(() => told.Count >= 20);
        await Task.Delay(DispatchLease.Duration / 3, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 20), told);

        // The first has the lease: it subscribed before there was another.
        await first.PauseAsync();
        await PutAsync(second, 21, 25);
        await UntilAsync(() => told.Count >= 25);
        await first.ResumeAsync();
        await PutAsync(first, 26, 30);
        await UntilAsync(() => told.Count >= 30);
        await Task.Delay(DispatchLease.Duration / 3, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 30), told);
    }

    private static string Folder(TestDatabase test, string name) => Directory.CreateDirectory(Path.Combine(test.Options.Folder, name)).FullName;

    private static async Task UntilAsync(Func<bool> done)
    {
        for (int i = 0; i < 900 && !done(); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(done(), "What was waited for did not come in 45 seconds.");
    }

    private async Task AuthoriseAsync(TestDatabase test)
    {
        IConfigurationRoot settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:PostgreSql"] = test.Options.PostgreSql,
            ["Database:Folder"] = Folder(test, "token"),
        }).Build();
        await using ServiceProvider rooms = new ServiceCollection().AddLogging().AddRooms(settings).BuildServiceProvider();
        TokenOutcome outcome = await rooms.GetRequiredService<ClientTokens>().IssueAsync("gp", Role.SystemClient, 1, TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<TokenOutcome.Issued>(outcome).Token);
    }

    private async Task SubscribeAsync(ServerProcess server)
    {
        await SendAsync(server, "Subscription/hook", $$"""
            {"resourceType":"Subscription","id":"hook","status":"requested","reason":"A test","criteria":"https://canonbury.org/fhir/SubscriptionTopic/resource-changed",
            "_criteria":{"extension":[{"url":"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-filter-criteria","valueString":"Patient"}]},
            "channel":{"type":"rest-hook","endpoint":"{{hook}}","payload":"application/fhir+json" } }
            """);
        for (int i = 0; i < 600; i++)
        {
            JsonNode stored = JsonNode.Parse(await http.GetStringAsync(new Uri(server.Url, "/fhir/Subscription/hook"), TestContext.Current.CancellationToken))!;
            if ((string?)stored["status"] == "active")
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The subscription did not become active.");
    }

    private async Task PutAsync(ServerProcess server, int from, int to)
    {
        for (int number = from; number <= to; number++)
        {
            await SendAsync(server, $"Patient/p{number}", string.Create(CultureInfo.InvariantCulture, $$"""{ "resourceType":"Patient", "id":"p{{number}}" }"""));
        }
    }

    private async Task SendAsync(ServerProcess server, string path, string json)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/fhir+json");
        using HttpResponseMessage response = await http.PutAsync(new Uri(server.Url, "/fhir/" + path), content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                JsonNode bundle = (await JsonNode.ParseAsync(context.Request.InputStream, cancellationToken: CancellationToken.None))!;
                foreach (JsonNode? parameter in bundle["entry"]![0]!["resource"]!["parameter"]!.AsArray().Where(one => (string?)one!["name"] == "notification-event"))
                {
                    told.Enqueue(int.Parse((string)parameter!["part"]![0]!["valueString"]!, CultureInfo.InvariantCulture));
                }

                context.Response.StatusCode = 200;
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
