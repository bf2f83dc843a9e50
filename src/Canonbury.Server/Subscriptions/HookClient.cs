using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Canonbury.Server.Subscriptions;

/// <summary>One request to a receiver.</summary>
/// <param name="Body">Empty for none.</param>
internal sealed record HookRequest(HttpMethod Method, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body, string MediaType);

/// <summary>
/// Sends notifications: no redirect, no proxy, no cookie, a bounded time, and nothing of the answer is read but its status. Which addresses it may connect
/// to <see cref="Receivers"/> says.
/// </summary>
internal sealed class HookClient : IDisposable
{
    private readonly Receivers receivers;
    private readonly HttpClient http;

    public HookClient(Receivers receivers)
    {
        this.receivers = receivers;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            // A name is resolved and checked again after this long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 64 * 1024,
        })
        { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <returns>Null where the receiver took it; else why not, in words without what the receiver said.</returns>
    public async Task<string?> SendAsync(HookRequest hook, TimeSpan timeout, CancellationToken cancellation)
    {
        if (receivers.Refusal(hook.Address) is { } refusal)
        {
            return refusal;
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            using HttpRequestMessage request = new(hook.Method, hook.Address);
            request.Content = new ReadOnlyMemoryContent(hook.Body);
            request.Content.Headers.ContentType = hook.Body.IsEmpty ? null : MediaTypeHeaderValue.Parse(hook.MediaType);
            foreach ((string name, string value) in hook.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.IsSuccessStatusCode ? null : $"The receiver answered {(int)response.StatusCode}.";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "The receiver did not answer in time.";
        }
        catch (HttpRequestException error)
        {
            return error.InnerException is NotAllowedException ? "The endpoint is at an address that is not public." : "The receiver could not be reached.";
        }
    }

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        IPAddress[] addresses = await receivers.AddressesAsync(context.DnsEndPoint.Host, cancellation);
        if (addresses.Length == 0)
        {
            throw new NotAllowedException();
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class NotAllowedException() : IOException("The host has no address that may be connected to.");
}
