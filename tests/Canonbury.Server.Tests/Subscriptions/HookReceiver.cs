using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Canonbury.Server.Tests.Subscriptions;

/// <summary>One request that a receiver got.</summary>
public sealed record Received(string Method, string Path, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The parameters of the status, which is the first entry.</summary>
    public JsonNode Status => JsonNode.Parse(Body)!["entry"]![0]!["resource"]!;

    public string? Type => (string?)Parameter("type")?["valueCode"];

    public IReadOnlyList<JsonNode> Events => [.. Status["parameter"]!.AsArray().Where(one => (string?)one!["name"] == "notification-event").Select(one => one!)];

    public IReadOnlyList<string> Numbers => [.. Events.Select(one => (string)Part(one, "event-number")!["valueString"]!)];

    public JsonArray Entries => JsonNode.Parse(Body)!["entry"]!.AsArray();

    public JsonNode? Parameter(string name) => Status["parameter"]!.AsArray().FirstOrDefault(one => (string?)one!["name"] == name);

    public static JsonNode? Part(JsonNode parameter, string name) => parameter["part"]!.AsArray().FirstOrDefault(one => (string?)one!["name"] == name);
}

/// <summary>A receiver of notifications on this machine.</summary>
public sealed class HookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> received = [];
    private readonly WebApplication app;

    private HookReceiver(WebApplication app) => this.app = app;

    /// <summary>Decides the status of each answer.</summary>
    public Func<Received, int> Answer { get; set; } = _ => 200;

    public string Url => app.Urls.First();

    public IReadOnlyList<Received> All => [.. received];

    /// <summary>The notifications of events that were answered with success.</summary>
    public ConcurrentQueue<Received> Taken { get; } = [];

    public static async Task<HookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        HookReceiver receiver = new(app);
        app.Map("/{**path}", receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits until what came in is as it should be.</summary>
    public async Task<IReadOnlyList<Received>> UntilAsync(Func<IReadOnlyList<Received>, bool> done)
    {
        for (int i = 0; i < 1500 && !done(All); i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(done(All), $"After 30 seconds the receiver has {All.Count} requests, and not those that were waited for.");
        return All;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        Received one = new(
            context.Request.Method, context.Request.Path, context.Request.ContentType,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        int status = Answer(one);
        if (status < 300)
        {
            Taken.Enqueue(one);
        }

        received.Enqueue(one);
        context.Response.StatusCode = status;
        if (status is >= 300 and < 400)
        {
            context.Response.Headers.Location = Url + "/elsewhere";
        }
    }
}
