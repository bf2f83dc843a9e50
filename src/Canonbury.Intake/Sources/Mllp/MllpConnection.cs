using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Canonbury.Intake.Inbox;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2.Parsing;
using Microsoft.Extensions.Logging;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>
/// One sender's connection: frames go to the inbox as they arrive, several at a time, so that they share commits; answers go back in the
/// order of arrival.
/// </summary>
/// <param name="port">What the connections of the port share.</param>
/// <param name="overLimit">True: there are too many connections; the first message is answered so, and the connection closed.</param>
internal sealed class MllpConnection(MllpPort port, bool overLimit)
{
    private static readonly TimeSpan OverLimitWait = TimeSpan.FromSeconds(5);

    private static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 32 << 10, minimumReadSize: 4 << 10, leaveOpen: true);

    private readonly MllpFraming framing = new(port.Options.MaxMessageBytes);
    private readonly Channel<Task<MllpReply>> pending = Channel.CreateBounded<Task<MllpReply>>(
        new BoundedChannelOptions(port.Options.MaxPipelined) { SingleReader = true, SingleWriter = true });

    private long held;
    private long reportedGarbage;

    /// <summary>Serves the connection until the sender closes it, a limit ends it or <paramref name="stop"/> asks to finish what is in flight.</summary>
    /// <param name="abort">Gives up what is in flight.</param>
    public async Task RunAsync(Stream stream, CancellationToken stop, CancellationToken abort)
    {
        using CancellationTokenSource broken = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop, broken.Token);
        MllpAnswers answers = new(port, pending.Reader);
        Task answering = AnswerAsync(answers, stream, broken, abort);
        try
        {
            await ReadAsync(PipeReader.Create(stream, ReaderOptions), ended.Token, broken.Token, abort);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            port.Log.LogDebug("Feed {Feed}: a connection ends; what is in flight is still answered", port.Feed.Id);
        }
        finally
        {
            ReturnHeld();
            pending.Writer.Complete();
            await answering;
        }
    }

    private static async Task AnswerAsync(MllpAnswers answers, Stream stream, CancellationTokenSource broken, CancellationToken abort)
    {
        try
        {
            await answers.SendAsync(PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true)), abort);
        }
        finally
        {
            // Nobody takes answers any more: stop reading, so that nothing more is accepted that cannot be acknowledged.
            await broken.CancelAsync();
        }
    }

    private async Task ReadAsync(PipeReader reader, CancellationToken ended, CancellationToken broken, CancellationToken abort)
    {
        TimeSpan patience = overLimit ? OverLimitWait : TimeSpan.FromSeconds(port.Options.IdleSeconds);
        using CancellationTokenSource idle = new(patience, port.Time);
        using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, ended);
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(reading.Token);
                ReadOnlySequence<byte> buffer = result.Buffer;
                MllpFrame kind = framing.Read(ref buffer, out ReadOnlySequence<byte> content);
                if (kind != MllpFrame.None)
                {
                    // Time spent waiting for the inbox is not the sender's.
                    idle.CancelAfter(Timeout.InfiniteTimeSpan);
                    for (; kind != MllpFrame.None; kind = framing.Read(ref buffer, out content))
                    {
                        await pending.Writer.WriteAsync(await TakeAsync(kind, content, broken, abort), broken);
                        if (overLimit)
                        {
                            return;
                        }
                    }

                    idle.CancelAfter(patience);
                }

                ReportGarbage();
                if (!await HoldAsync(buffer, ended))
                {
                    return;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            port.Metrics.Refused(port.Feed.Id, overLimit ? "too-many-connections" : "idle");
            port.Log.LogInformation("Feed {Feed}: a connection is closed, no whole message arrived for {Seconds} s", port.Feed.Id, patience.TotalSeconds);
        }
        catch (IOException exception)
        {
            port.Log.LogDebug("Feed {Feed}: the sender's connection broke ({Reason})", port.Feed.Id, exception.Message);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <summary>Starts to store one frame; the result is its answer, once there is one.</summary>
    private async ValueTask<Task<MllpReply>> TakeAsync(MllpFrame kind, ReadOnlySequence<byte> content, CancellationToken broken, CancellationToken abort)
    {
        long now = port.Time.GetTimestamp();
        if (kind == MllpFrame.TooLarge)
        {
            ReturnHeld();
            return Task.FromResult(MllpReply.TooLarge(content.ToArray(), now, port.Options.MaxMessageBytes));
        }

        int length = (int)content.Length;
        port.Metrics.Received(port.Feed.Id, length);
        await port.Memory.InFlight.TakeAsync(length, broken);
        ReturnHeld();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        content.CopyTo(bytes);
        return StoreAsync(bytes, length, now, abort);
    }

    private async Task<MllpReply> StoreAsync(byte[] bytes, int length, long now, CancellationToken abort)
    {
        MessageHeader? header = null;
        try
        {
            bool isUtf16 = MessageText.IsUtf16(bytes.AsSpan(0, length));
            Finding? problem = null;
            if (isUtf16 || !MessageHeader.TryRead(bytes.AsSpan(0, length), out header, out problem))
            {
                ArrayPool<byte>.Shared.Return(bytes);
                return isUtf16 ? MllpReply.Utf16(now) : MllpReply.NoHeader(now, problem!.Words);
            }

            if (overLimit)
            {
                return MllpReply.TooManyConnections(header, now, port.Options.MaxConnections);
            }

            await port.Receive(port.Feed, bytes.AsMemory(0, length), abort);

            // After a failure the inbox may still hold the bytes: then they are left to the garbage collector.
            ArrayPool<byte>.Shared.Return(bytes);
            return MllpReply.Stored(header, now);
        }
        catch (Exception exception) when (exception is InboxUnavailableException or OperationCanceledException)
        {
            port.Log.LogWarning("Feed {Feed}: the inbox could not store a message: {Reason}", port.Feed.Id, exception.Message);
            return MllpReply.Unavailable(header, now);
        }
#pragma warning disable CA1031 // A bug behind the inbox must not silence the other messages of the connection; the sender keeps this one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            port.Log.LogError("Feed {Feed}: storing a message failed with {Type} at {Stack}", port.Feed.Id, exception.GetType(), exception.StackTrace);
            return MllpReply.Unavailable(header, now);
        }
        finally
        {
            port.Memory.InFlight.Return(length);
        }
    }

    /// <summary>Counts what a frame that has not ended holds; false when there was no room for it for too long.</summary>
    private async ValueTask<bool> HoldAsync(ReadOnlySequence<byte> unfinished, CancellationToken ended)
    {
        if (unfinished.IsEmpty)
        {
            ReturnHeld();
        }

        long more = unfinished.Length - MllpMemory.FreeBytes - held;
        if (more <= 0)
        {
            return true;
        }

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(port.Options.AckSeconds), port.Time);
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ended);
        try
        {
            await port.Memory.Unfinished.TakeAsync(more, waiting.Token);
            held += more;
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            byte[] head = unfinished.Slice(0, 2048).ToArray();
            await pending.Writer.WriteAsync(Task.FromResult(MllpReply.Busy(head, port.Time.GetTimestamp())), ended);
            return false;
        }
    }

    private void ReturnHeld()
    {
        if (held == 0)
        {
            return;
        }

        port.Memory.Unfinished.Return(held);
        held = 0;
    }

    private void ReportGarbage()
    {
        long garbage = framing.DiscardedBytes + framing.CutOff;
        if (garbage == reportedGarbage)
        {
            return;
        }

        if (reportedGarbage == 0)
        {
            port.Log.LogWarning("Feed {Feed}: a sender writes bytes outside any frame or leaves frames unfinished; they are discarded", port.Feed.Id);
        }

        port.Metrics.Discarded(port.Feed.Id, garbage - reportedGarbage);
        reportedGarbage = garbage;
    }
}
