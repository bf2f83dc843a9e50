using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>Stands between a server and its database, and can be cut like a cable or a stopped database, or fall silent like a firewall.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly IPEndPoint target;
    private readonly ConcurrentDictionary<Socket, bool> sockets = new();
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim flowing = new(1, 1);
    private TcpListener listener;

    public TcpProxy(string host, int port)
    {
        target = new IPEndPoint(IPAddress.Parse(host), port);
        listener = Listen(0);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>Every connection breaks, and new ones are refused.</summary>
    public void Cut()
    {
        listener.Stop();
        foreach (Socket socket in sockets.Keys)
        {
            socket.Close(0);
        }
    }

    public void Mend() => listener = Listen(Port);

    /// <summary>Nothing passes any more, and nobody is told.</summary>
    public Task SilenceAsync() => flowing.WaitAsync();

    public void Speak() => flowing.Release();

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        Cut();
        ending.Dispose();
        flowing.Dispose();
    }

    private TcpListener Listen(int port)
    {
        TcpListener listening = new(IPAddress.Loopback, port);
        listening.Start();
        _ = AcceptAsync(listening);
        return listening;
    }

    private async Task AcceptAsync(TcpListener listening)
    {
        try
        {
            while (true)
            {
                Socket client = await listening.AcceptSocketAsync(ending.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Socket server = new(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            sockets[client] = sockets[server] = true;
            await server.ConnectAsync(target, ending.Token);
            await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side went away, or the proxy was cut.
        }
        finally
        {
            sockets.TryRemove(client, out _);
            sockets.TryRemove(server, out _);
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[64 << 10];
        for (int count = await from.ReceiveAsync(buffer, ending.Token); count > 0; count = await from.ReceiveAsync(buffer, ending.Token))
        {
            await flowing.WaitAsync(ending.Token);
            flowing.Release();
            for (int sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), ending.Token);
            }
        }
    }
}
