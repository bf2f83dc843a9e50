using System.Net.WebSockets;
using System.Text;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Fhir.Problems;
using Canonbury.Server.Api;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// <c>/fhir/websocket</c>: R4's <c>bind ID</c> for who connects with a token of the API, and the backport's <c>bind-with-token TOKEN</c> for everyone who
/// has one. https://hl7.org/fhir/R4/subscription.html#2.46.7.2, http://hl7.org/fhir/uv/subscriptions-backport/channels.html#websockets
/// </summary>
internal static class WebSocketEndpoint
{
    private const int LongestMessage = 8 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public static void MapSubscriptions(this IEndpointRouteBuilder routes) =>
        routes.Map("/fhir/websocket", AnswerAsync).WithMetadata(new NoPersonalDataAttribute());

    private static async Task AnswerAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await FhirAnswer.Of(new Problem(ProblemKind.Invalid, "websocket-required", "This address is for websockets.")).SendAsync(context);
            return;
        }

        IServiceProvider services = context.RequestServices;
        SocketBindings bindings = ActivatorUtilities.CreateInstance<SocketBindings>(services);
        Caller? caller = CallerIdentity.Of(context.User);
        CancellationToken stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(30) });
        using SemaphoreSlim turn = new(1);
        Task telling = TellAsync(socket, bindings, turn, over.Token);
        try
        {
            while (await HearAsync(socket, over.Token) is { } text)
            {
                await SendAsync(socket, turn, bindings.Bind(text, caller?.Source), over.Token);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
        }

        await over.CancelAsync();
        await telling;
    }

    private static async Task TellAsync(WebSocket socket, SocketBindings bindings, SemaphoreSlim turn, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await foreach (string message in bindings.NewsAsync(over))
                {
                    await SendAsync(socket, turn, [message], over);
                }

                await Task.Delay(Interval, over);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException || Database.Session.IsPassing(gone))
        {
            // Who is cut off connects again, and asks with $events for what came in between.
            socket.Abort();
        }
    }

    /// <summary>One message as text; null at the end, and where it is none that is read here.</summary>
    private static async Task<string?> HearAsync(WebSocket socket, CancellationToken over)
    {
        byte[] buffer = new byte[LongestMessage];
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), over);
            length += part.Count;
            if (part.MessageType != WebSocketMessageType.Text || (length == buffer.Length && !part.EndOfMessage))
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length).Trim();
            }
        }
    }

    private static async Task SendAsync(WebSocket socket, SemaphoreSlim turn, IReadOnlyList<string> messages, CancellationToken over)
    {
        await turn.WaitAsync(over);
        try
        {
            foreach (string message in messages)
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, over);
            }
        }
        finally
        {
            turn.Release();
        }
    }
}
