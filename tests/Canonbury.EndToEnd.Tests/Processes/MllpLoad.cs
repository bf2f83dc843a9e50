using System.Net.Sockets;
using Canonbury.EndToEnd.Tests.Mllp;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>
/// Senders as hospitals have them: many connections, on each several patients' messages in flight, one patient's in order. What was not acknowledged is
/// sent again, on a new connection where the old one broke, until it is.
/// </summary>
internal sealed class MllpLoad
{
    private readonly Lane[] lanes;
    private volatile bool ending;
    private volatile int[] ports = [];
    private readonly int pause;
    private int acknowledged;
    private int refused;
    private int broken;

    /// <param name="stories">Whose messages; each story is told by one connection.</param>
    /// <param name="each">How many messages each story has; null for as many as there is time for.</param>
    /// <param name="pause">Milliseconds between an acknowledgement and the patient's next message.</param>
    public MllpLoad(IEnumerable<PatientStory> stories, int connections, int? each = null, int pause = 0)
    {
        this.pause = pause;
        lanes = [.. stories.Chunk((stories.Count() + connections - 1) / connections).Select((share, number) => new Lane(this, number, share, each ?? int.MaxValue))];
    }

    /// <summary>How many messages were acknowledged with AA.</summary>
    public int Acknowledged => acknowledged;

    /// <summary>How often a message was answered AE.</summary>
    public int Refused => refused;

    /// <summary>How often a connection broke or was not to be had.</summary>
    public int Broken => broken;

    /// <summary>How many messages of each story were sent; all of them were acknowledged once the task of <see cref="Start"/> is over.</summary>
    public IReadOnlyList<(PatientStory Story, int Messages)> Told => [.. lanes.SelectMany(lane => lane.Told)];

    /// <summary>Where the senders connect from now on; with several ports, each connection takes another.</summary>
    public void SendTo(params int[] to) => ports = to;

    public Task Start() => Task.WhenAll(lanes.Select(lane => Task.Run(lane.RunAsync)));

    /// <summary>Begins no new messages; call it and then await what <see cref="Start"/> gave.</summary>
    public void Finish() => ending = true;

    private sealed class Lane(MllpLoad load, int number, PatientStory[] stories, int each)
    {
        private readonly int[] told = new int[stories.Length];
        private readonly int[] begun = new int[stories.Length];
        private MllpClient? client;
        private int attempt;

        public IEnumerable<(PatientStory Story, int Messages)> Told => stories.Zip(told);

        public async Task RunAsync()
        {
            while (true)
            {
                // The next message of every patient of this connection, in flight together.
                int[] waiting = [.. Enumerable.Range(0, stories.Length).Where(i => begun[i] > told[i] || (told[i] < each && !load.ending))];
                if (waiting.Length == 0)
                {
                    break;
                }

                await SendAsync(waiting);
            }

            if (client is not null)
            {
                await client.DisposeAsync();
            }
        }

        private async Task SendAsync(int[] waiting)
        {
            try
            {
                client ??= await MllpClient.ConnectAsync(load.ports[(number + attempt++) % load.ports.Length]);
                foreach (int i in waiting)
                {
                    begun[i] = told[i] + 1;
                }

                await client.SendAsync([.. waiting.SelectMany(i => MllpClient.Frame(stories[i].Message(told[i])))]);
                bool again = false;
                foreach (int i in waiting)
                {
                    Answer answer = await client.AnswerAsync(timeoutSeconds: 90) ?? throw new IOException("The server closed the connection.");
                    if (answer.Code == "AA" && answer.ControlId == stories[i].ControlId(told[i]))
                    {
                        told[i]++;
                        Interlocked.Increment(ref load.acknowledged);
                    }
                    else
                    {
                        again = true;
                        Interlocked.Increment(ref load.refused);
                    }
                }

                await Task.Delay(again ? 50 : load.pause);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                Interlocked.Increment(ref load.broken);
                if (client is not null)
                {
                    await client.DisposeAsync();
                    client = null;
                }

                await Task.Delay(20);
            }
        }
    }
}
