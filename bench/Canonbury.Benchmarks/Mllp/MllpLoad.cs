using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources;
using Canonbury.Intake.Sources.Mllp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Canonbury.Benchmarks.Mllp;

/// <summary>What the listener alone can do: acknowledged frames a second over loopback, client and server in one process.</summary>
internal static class MllpLoad
{
    public static async Task<int> RunAsync(string[] args)
    {
        int[] values = [.. args.Select(arg => int.Parse(arg, CultureInfo.InvariantCulture))];
        int connections = values.ElementAtOrDefault(0) is > 0 and var c ? c : 8;
        int window = values.ElementAtOrDefault(1) is > 0 and var w ? w : 32;
        int seconds = values.ElementAtOrDefault(2) is > 0 and var s ? s : 10;
        int bytes = values.ElementAtOrDefault(3) is > 0 and var b ? b : 1200;

        MllpFeedOptions options = new() { Port = 0 };
        using IntakeMetrics metrics = new();
        MllpPort port = new(MllpPort.FeedOf(options), options, (_, _, _) => Task.FromResult(InboxReceipt.Stored), new MllpMemory(256 << 20), metrics,
            TimeProvider.System, NullLogger.Instance);
        await using MllpListener listener = new(port);
        listener.Start();

        long allocated = GC.GetTotalAllocatedBytes();
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(seconds));
        Stopwatch clock = Stopwatch.StartNew();
        (long Count, List<double> Times)[] results = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(number => Task.Run(() => SendAsync(listener.Port, window, bytes, stop.Token))));
        long count = results.Sum(result => result.Count);
        Console.WriteLine($"{connections} connections, window {window}, {bytes} bytes: {count / clock.Elapsed.TotalSeconds:0} acknowledged frames a second, "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / Math.Max(1, count)} bytes allocated a frame (client and server)");
        Console.WriteLine(Percentiles.Line("window round trip", [.. results.SelectMany(result => result.Times)]));
        return 0;
    }

    private static async Task<(long Count, List<double> Times)> SendAsync(int port, int window, int bytes, CancellationToken stop)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, CancellationToken.None);
        string header = "MSH|^~\\&|PAS|RXX|CANONBURY|BOROUGH|20260101120000||ADT^A08^ADT_A01|C1|P|2.4\rPID|1||1^^^RXX^MR||SMITH^ANNA\r";
        byte[] frame = [0x0B, .. Encoding.ASCII.GetBytes(header + "NTE|1||" + new string('x', Math.Max(0, bytes - header.Length)) + "\r"), 0x1C, 0x0D];
        byte[] frames = [.. Enumerable.Repeat(frame, window).SelectMany(one => one)];
        byte[] buffer = new byte[64 << 10];
        List<double> times = [];
        long count = 0;
        while (!stop.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            await socket.SendAsync(frames, CancellationToken.None);
            for (int answered = 0; answered < window;)
            {
                int read = await socket.ReceiveAsync(buffer, CancellationToken.None);
                answered += buffer.AsSpan(0, read).Count((byte)0x1C);
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            count += window;
        }

        return (count, times);
    }
}
