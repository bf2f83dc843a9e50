using System.Buffers.Text;
using System.Net.Sockets;

namespace Canonbury.Benchmarks.Api;

/// <summary>One kept-alive HTTP/1.1 connection that costs as little as it can: prepared bytes go out, the answer is read to its length.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket;
    private byte[] buffer = new byte[256 * 1024];
    private int headers;
    private int length;

    public HttpConnection(Uri address)
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address.Host, address.Port);
    }

    /// <summary>The body of the last answer.</summary>
    public ReadOnlySpan<byte> Body => buffer.AsSpan(headers, length - headers);

    /// <summary>Status line and headers of the last answer.</summary>
    public ReadOnlySpan<byte> Head => buffer.AsSpan(0, headers);

    /// <summary>Sends a whole request and returns the status of its answer.</summary>
    public int Exchange(ReadOnlySpan<byte> request)
    {
        for (int sent = 0; sent < request.Length;)
        {
            sent += socket.Send(request[sent..]);
        }

        length = 0;
        int end;
        while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Receive();
        }

        headers = end + 4;
        int whole = headers + ContentLength(buffer.AsSpan(0, headers));
        while (length < whole)
        {
            Receive();
        }

        // HTTP/1.1 SP status
        return Utf8Parser.TryParse(buffer.AsSpan(9, 3), out int status, out _) ? status : 0;
    }

    public void Dispose() => socket.Dispose();

    private void Receive()
    {
        if (length == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int read = socket.Receive(buffer.AsSpan(length));
        length += read > 0 ? read : throw new IOException("The server closed the connection.");
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "\r\nContent-Length: "u8;
        int at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int value, out _) ? value
            : at < 0 && head[9..12].SequenceEqual("204"u8) ? 0
            : throw new InvalidDataException("The answer does not say how long it is.");
    }
}
