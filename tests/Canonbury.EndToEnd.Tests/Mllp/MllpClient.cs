using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Canonbury.EndToEnd.Tests.Mllp;

/// <summary>A sender with a real socket that writes any bytes and reads answers, framed.</summary>
internal sealed class MllpClient(Stream stream, TcpClient tcp) : IAsyncDisposable
{
    private readonly List<byte> read = [];

    public Stream Stream { get; } = stream;

    public TcpClient Tcp { get; } = tcp;

    public static async Task<MllpClient> ConnectAsync(int port)
    {
        TcpClient tcp = new() { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        return new MllpClient(tcp.GetStream(), tcp);
    }

    public static string Message(string controlId, string fieldsFrom13 = "", string rest = "PID|1||1^^^HOSP^MR\r") =>
        $"MSH|^~\\&|PAS|RXX|CANONBURY|BOROUGH|20260101120000||ADT^A08|{controlId}|P|2.4{fieldsFrom13}\r{rest}";

    public static byte[] Frame(string message) => Frame(Encoding.Latin1.GetBytes(message));

    public static byte[] Frame(byte[] message) => [0x0B, .. message, 0x1C, 0x0D];

    public Task SendAsync(byte[] bytes) => Stream.WriteAsync(bytes).AsTask();

    public async Task<Answer> ExchangeAsync(string message)
    {
        await SendAsync(Frame(message));
        return await AnswerAsync() ?? throw new EndOfStreamException("The connection was closed instead of an answer.");
    }

    /// <summary>The next answer, or null when the server closed its side.</summary>
    public async Task<Answer?> AnswerAsync(int timeoutSeconds = 20)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(timeoutSeconds));
        byte[] buffer = new byte[8192];
        while (true)
        {
            int end = read.IndexOf(0x1C);
            if (end >= 0 && read.Count > end + 1)
            {
                string text = Encoding.UTF8.GetString([.. read.Skip(1).Take(end - 1)]);
                read.RemoveRange(0, end + 2);
                return new Answer(text);
            }

            int count = await Stream.ReadAsync(buffer, patience.Token);
            if (count == 0)
            {
                return null;
            }

            read.AddRange(buffer.AsSpan(0, count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        Tcp.Dispose();
    }
}

/// <summary>An acknowledgement, as the sender sees it.</summary>
internal sealed record Answer(string Text)
{
    public string Code => Field("MSA", 1);

    public string ControlId => Field("MSA", 2);

    public string Words => Field("MSA", 3);

    public string Field(string segment, int number) =>
        Text.Split('\r').Select(line => line.Split('|')).FirstOrDefault(fields => fields[0] == segment)?.ElementAtOrDefault(number) ?? "";
}
