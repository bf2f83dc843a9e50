using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Subscriptions;

/// <summary>
/// https://hl7.org/fhir/R4/subscription.html (websockets), http://hl7.org/fhir/uv/subscriptions-backport/channels.html#websockets
/// </summary>
public sealed class WebSocketTests(SubscribedServer server) : IClassFixture<SubscribedServer>
{
    [Fact]
    public async Task R4_BindsByItsId_AndIsPinged()
    {
        string id = await SubscribeAsync(SubscribedServer.ByCriteria("Patient?_id=ping", "https://unused.example/"));
        using ClientWebSocket socket = await ConnectAsync(server.TokenOf("one"));
        await SayAsync(socket, "bind " + id);
        Assert.Equal("bound " + id, await HearAsync(socket));

        await server.PatientAsync("ping");

        Assert.Equal("ping " + id, await HearAsync(socket));
    }

    [Fact]
    public async Task Topic_BoundByAToken_TellsInBundles()
    {
        string id = await SubscribeAsync(SubscribedServer.ByTopic("resource-changed", "https://unused.example/", "full-resource", "Patient?_id=frame"));
        JsonNode parameters = (await server.SendAsync("GET", $"/fhir/Subscription/{id}/$get-ws-binding-token")).Body!;
        string Value(string name) => (string)parameters["parameter"]!.AsArray().First(one => (string?)one!["name"] == name)!.AsObject().First(pair => pair.Key.StartsWith("value", StringComparison.Ordinal)).Value!;
        Assert.Equal("wss://record.example/fhir/websocket", Value("websocket-url"));
        using ClientWebSocket socket = await ConnectAsync(token: null);
        await SayAsync(socket, "bind-with-token " + Value("token"));
        Assert.Equal("handshake", Read(await HearAsync(socket)).Type);

        await server.PatientAsync("frame");

        Received told = Read(await HearAsync(socket));
        Assert.Equal("event-notification", told.Type);
        Assert.Equal(["1"], told.Numbers);
        Assert.Equal("frame", (string?)told.Entries[1]!["resource"]!["id"]);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("record")]
    [InlineData(null)]
    public async Task Subscription_OfAnother_CannotBeBound(string? client)
    {
        string id = await SubscribeAsync(SubscribedServer.ByCriteria("Patient?_id=closed", "https://unused.example/"));
        using ClientWebSocket socket = await ConnectAsync(client is null ? null : server.TokenOf(client));

        await SayAsync(socket, "bind " + id);

        Assert.StartsWith("error ", await HearAsync(socket));
    }

    [Fact]
    public async Task Token_ThatIsNone_BindsNothing()
    {
        using ClientWebSocket socket = await ConnectAsync(token: null);

        await SayAsync(socket, "bind-with-token made-up");

        Assert.StartsWith("error token", await HearAsync(socket));
    }

    private static Received Read(string bundle) => new("", "", null, new Dictionary<string, string>(), bundle);

    private Task<string> SubscribeAsync(string hook) => server.SubscribeAsync(hook.Replace("rest-hook", "websocket", StringComparison.Ordinal));

    private async Task<ClientWebSocket> ConnectAsync(string? token)
    {
        ClientWebSocket socket = new();
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        }

        await socket.ConnectAsync(new UriBuilder(server.Base) { Scheme = "ws", Path = "/fhir/websocket" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private static async Task<string> HearAsync(ClientWebSocket socket)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), limit.Token);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }
}
