using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>Listens on one MLLP port and serves its connections until it is stopped.</summary>
/// <param name="port">The feed, its limits and where messages go.</param>
/// <param name="tls">How connections are secured; null for plain TCP.</param>
public sealed class MllpListener(MllpPort port, SslServerAuthenticationOptions? tls = null) : IAsyncDisposable
{
    private const int MaxRefusing = 64;
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Socket socket = new(IPAddress.Parse(port.Options.Address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource aborting = new();
    private readonly ConcurrentDictionary<long, Task> connections = new();
    private Task accepting = Task.CompletedTask;
    private int serving;
    private int refusing;

    /// <summary>The TCP port, also where the system chose it.</summary>
    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>Opens the port. Throws <see cref="InvalidOperationException"/> with what to change when that is not possible.</summary>
    public void Start()
    {
        IPEndPoint endPoint = new(IPAddress.Parse(port.Options.Address), port.Options.Port);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            socket.Listen(512);
        }
        catch (SocketException exception)
        {
            throw new InvalidOperationException(
                $"Feed {port.Feed.Id}: cannot listen on {endPoint} ({exception.SocketErrorCode}). Change Address or Port under {IntakeOptions.Section}:Mllp, "
                + "or stop the program that uses the port.", exception);
        }

        accepting = AcceptAsync();
        port.Log.LogInformation("Feed {Feed}: MLLP{Tls} listens on {EndPoint}", port.Feed.Id, tls is null ? "" : " over TLS", socket.LocalEndPoint);
    }

    /// <summary>Accepts no more, lets messages in flight be stored and acknowledged, then closes; gives up what is left when <paramref name="grace"/> ends.</summary>
    public async Task StopAsync(CancellationToken grace)
    {
        socket.Close();
        await stopping.CancelAsync();
        await accepting;
        Task all = Task.WhenAll(connections.Values);
        try
        {
            await all.WaitAsync(grace);
        }
        catch (OperationCanceledException)
        {
            await aborting.CancelAsync();
            await all;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        socket.Dispose();
        stopping.Dispose();
        aborting.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (long number = 0; !stopping.IsCancellationRequested; number++)
        {
            try
            {
                Socket client = await socket.AcceptAsync(stopping.Token);
                long key = number;
                Task connection = Task.Run(() => ServeAsync(client), CancellationToken.None);
                connections[key] = connection;
                _ = connection.ContinueWith(_ => connections.TryRemove(key, out Task? _), TaskScheduler.Default);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException || socket.SafeHandle.IsClosed)
            {
                return;
            }
            catch (SocketException exception)
            {
                // Out of descriptors, or the client has gone again: neither ends the listening.
                port.Log.LogWarning("Feed {Feed}: a connection could not be accepted ({Reason})", port.Feed.Id, exception.SocketErrorCode);
                await Task.Delay(TimeSpan.FromMilliseconds(50), port.Time);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using Socket closed = client;
        bool overLimit = Interlocked.Increment(ref serving) > port.Options.MaxConnections;
        bool isRefusing = overLimit && Interlocked.Increment(ref refusing) <= MaxRefusing;
        port.Metrics.Connected(port.Feed.Id, +1);
        try
        {
            client.NoDelay = true;
            client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            if (!overLimit || isRefusing)
            {
                await ServeAsync(client, overLimit);
            }
            else
            {
                port.Metrics.Refused(port.Feed.Id, "too-many-connections");
            }
        }
        catch (Exception exception) when (exception is AuthenticationException or OperationCanceledException)
        {
            port.Metrics.Refused(port.Feed.Id, "tls");
            port.Log.LogWarning("Feed {Feed}: a TLS handshake failed: {Reason}", port.Feed.Id, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            port.Log.LogDebug("Feed {Feed}: a connection broke: {Reason}", port.Feed.Id, exception.Message);
        }
#pragma warning disable CA1031 // One connection's bug must not end the listener.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            port.Log.LogError("Feed {Feed}: a connection failed with {Type} at {Stack}", port.Feed.Id, exception.GetType(), exception.StackTrace);
        }
        finally
        {
            port.Metrics.Connected(port.Feed.Id, -1);
            Interlocked.Decrement(ref serving);
            Interlocked.Add(ref refusing, overLimit ? -1 : 0);
        }
    }

    private async Task ServeAsync(Socket client, bool overLimit)
    {
        await using NetworkStream plain = new(client, ownsSocket: false);
        MllpConnection connection = new(port, overLimit);
        if (tls is null)
        {
            await connection.RunAsync(plain, stopping.Token, aborting.Token);
        }
        else
        {
            await using SslStream secured = new(plain, leaveInnerStreamOpen: true);
            using CancellationTokenSource patience = new(HandshakeTime, port.Time);
            using CancellationTokenSource handshake = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping.Token);
            await secured.AuthenticateAsServerAsync(tls, handshake.Token);
            await connection.RunAsync(secured, stopping.Token, aborting.Token);
            await secured.ShutdownAsync();
        }

        await CloseAsync(client, plain);
    }

    /// <summary>Closing with unread bytes would reset the connection and could take the last answers with it: say so and read on for a moment.</summary>
    private async Task CloseAsync(Socket client, NetworkStream plain)
    {
        client.Shutdown(SocketShutdown.Send);
        using CancellationTokenSource patience = new(LastWords, port.Time);
        byte[] ignored = new byte[4096];
        try
        {
            while (await plain.ReadAsync(ignored, patience.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            port.Log.LogDebug("Feed {Feed}: a sender did not close its side", port.Feed.Id);
        }
    }
}
