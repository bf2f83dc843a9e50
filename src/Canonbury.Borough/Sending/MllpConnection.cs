using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>One TCP connection and its loop: write what may be written, read acknowledgements, reconnect when it breaks.</summary>
internal sealed class MllpConnection(MllpTarget target, ChannelReader<SourceEvent> messages, SendingCounters counters, TimeProvider time)
{
    private readonly InFlight inFlight = new(target.Window);
    private TimeSpan backoff = target.FirstBackoff;

    public async Task RunAsync(CancellationToken cancellation)
    {
        // Nobody connects before there is something to say.
        await messages.WaitToReadAsync(cancellation);
        while (!(messages.Completion.IsCompleted && inFlight.IsEmpty))
        {
            try
            {
                using TcpClient client = new() { NoDelay = true };
                await client.ConnectAsync(target.Host, target.Port, cancellation);
                await TalkAsync(client.GetStream(), cancellation);
            }
            catch (Exception outage) when (outage is IOException or SocketException or TimeoutException)
            {
                counters.CountResent(outage is TimeoutException ? outage.Message : $"MLLP connection: {outage.GetType().Name}", inFlight.Reopen());
                await Task.Delay(backoff, time, cancellation);
                backoff = TimeSpan.FromTicks(Math.Min(backoff.Ticks * 2, target.LongestBackoff.Ticks));
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream, CancellationToken cancellation)
    {
        PipeWriter writer = PipeWriter.Create(stream);
        PipeReader reader = PipeReader.Create(stream);
        Task<ReadResult> reading = reader.ReadAsync(cancellation).AsTask();
        Task<bool>? more = null;
        Task? alarm = null;
        while (true)
        {
            await WriteReadyAsync(writer, cancellation);
            if (inFlight.IsEmpty && messages.Completion.IsCompleted)
            {
                return;
            }

            more ??= inFlight.HasRoom && !messages.Completion.IsCompleted ? messages.WaitToReadAsync(cancellation).AsTask() : null;
            alarm ??= Task.Delay(UntilAlarm(), time, cancellation);
            await Task.WhenAny(more is null ? [reading, alarm] : [reading, alarm, more]);
            if (more is { IsCompleted: true })
            {
                await more;
                more = null;
            }

            if (reading.IsCompleted)
            {
                ReadAnswers(reader, await reading);
                reading = reader.ReadAsync(cancellation).AsTask();
            }

            if (alarm.IsCompleted || inFlight.NextWaking is not null)
            {
                await ObserveAsync(alarm);
                alarm = null;
                CheckTimes();
            }
        }
    }

    private async Task WriteReadyAsync(PipeWriter writer, CancellationToken cancellation)
    {
        while (inFlight.HasRoom && messages.TryRead(out SourceEvent? message))
        {
            inFlight.Take(message);
        }

        bool wrote = false;
        while (inFlight.Next() is Pending pending)
        {
            MllpFrame.Write(writer, pending.Message.Payload.Span);
            pending.Moment = time.GetTimestamp();
            if (pending.FirstWritten == 0)
            {
                pending.FirstWritten = pending.Moment;
                counters.CountSent(pending.Message.Results);
            }

            wrote = true;
        }

        if (wrote)
        {
            await writer.FlushAsync(cancellation);
        }
    }

    private void ReadAnswers(PipeReader reader, ReadResult result)
    {
        System.Buffers.ReadOnlySequence<byte> buffer = result.Buffer;
        while (MllpFrame.TryRead(ref buffer, out byte[]? frame))
        {
            if (Acknowledgement.Read(frame) is Acknowledgement answer && inFlight.Answered(answer.ControlId) is Pending pending)
            {
                Settle(pending, answer);
            }
        }

        reader.AdvanceTo(buffer.Start, buffer.End);
        if (result.IsCompleted)
        {
            throw new IOException("The other side closed the connection.");
        }
    }

    private void Settle(Pending pending, Acknowledgement answer)
    {
        long now = time.GetTimestamp();
        pending.Attempts++;
        switch (answer.Kind)
        {
            case AcknowledgementKind.Accepted:
                backoff = target.FirstBackoff;
                counters.CountAcknowledged(time.GetElapsedTime(pending.FirstWritten, now));
                inFlight.Done(pending);
                break;
            case AcknowledgementKind.TryAgain when pending.Attempts < target.MaxAttempts:
                counters.CountResent($"{answer.Code}: {answer.Text}");
                double wait = Math.Min(target.FirstBackoff.TotalSeconds * Math.Pow(2, pending.Attempts - 1), target.LongestBackoff.TotalSeconds);
                pending.Moment = now + (long)(wait * time.TimestampFrequency);
                inFlight.Rest(pending);
                break;
            default:
                counters.CountRefused($"{answer.Code}: {answer.Text}");
                inFlight.Done(pending);
                break;
        }
    }

    private TimeSpan UntilAlarm()
    {
        TimeSpan regular = TimeSpan.FromTicks(Math.Min(target.AckTimeout.Ticks, TimeSpan.TicksPerSecond));
        if (inFlight.NextWaking is not long waking)
        {
            return regular;
        }

        TimeSpan rest = time.GetElapsedTime(time.GetTimestamp(), waking);
        return rest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : rest < regular ? rest : regular;
    }

    private void CheckTimes()
    {
        long now = time.GetTimestamp();
        inFlight.Wake(now);
        if (inFlight.Written.Any(pending => time.GetElapsedTime(pending.Moment, now) > target.AckTimeout))
        {
            throw new TimeoutException($"No acknowledgement within {target.AckTimeout.TotalSeconds:0.#} seconds.");
        }
    }

    // The alarm may have been replaced before it rang; only its cancellation matters.
    private static async Task ObserveAsync(Task alarm)
    {
        if (alarm.IsCompleted)
        {
            await alarm;
        }
    }
}
