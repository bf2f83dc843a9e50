using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Canonbury.Tests.Borough;

/// <summary>
/// A small MLLP receiver on a real socket. A test says what it answers to a control id that came for the n-th time: an acknowledgement code,
/// or null to close the connection unanswered.
/// </summary>
internal sealed class MllpPeer : IAsyncDisposable
{
    /// <summary>Reads the message and says nothing.</summary>
    public const string Silence = "silence";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, int, string?> answer;
    private readonly ConcurrentDictionary<string, int> times = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    public MllpPeer(Func<string, int, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The control ids in the order in which they were accepted (AA or CA).</summary>
    public ConcurrentQueue<string> Accepted { get; } = new();

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            TcpClient client = await listener.AcceptTcpClientAsync(stopping.Token);
            Connections++;
            _ = TalkAsync(client);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using TcpClient owned = client;
        NetworkStream stream = owned.GetStream();
        MemoryStream frame = new();
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, stopping.Token) is > 0 and int read)
            {
                foreach (byte one in buffer[..read])
                {
                    frame.WriteByte(one);
                    if (one == 0x0D && frame.Length > 2 && frame.GetBuffer()[frame.Length - 2] == 0x1C)
                    {
                        string[] header = Encoding.UTF8.GetString(frame.ToArray()).Split('\r')[0].Split('|');
                        frame.SetLength(0);
                        if (!await AnswerAsync(stream, header))
                        {
                            return;
                        }
                    }
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException)
        {
            // The sender went away, or the test is over.
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, string[] header)
    {
        string controlId = header[9];
        if (answer(controlId, times.AddOrUpdate(controlId, 1, (_, before) => before + 1)) is not string code)
        {
            return false;
        }

        if (code == Silence)
        {
            return true;
        }

        if (code is "AA" or "CA")
        {
            Accepted.Enqueue(controlId);
        }

        string message = $"\vMSH|^~\\&|PEER|TEST|||20260101||ACK|{controlId}A|P|2.4\rMSA|{code}|{controlId}|as told\r\u001c\r";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(message), stopping.Token);
        return true;
    }
}
