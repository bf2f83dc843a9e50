using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Canonbury.Translate.Hl7v2;
using Microsoft.Extensions.Logging;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>Writes the answers of one connection, in the order in which its messages arrived; what is ready together is sent together.</summary>
internal sealed class MllpAnswers(MllpPort port, ChannelReader<Task<MllpReply>> pending)
{
    private const int SendAtBytes = 32 << 10;

    public async Task SendAsync(PipeWriter writer, CancellationToken abort)
    {
        using CancellationTokenSource patience = new(Timeout.InfiniteTimeSpan, port.Time);
        using CancellationTokenSource sending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, abort);
        try
        {
            while (await pending.WaitToReadAsync(abort))
            {
                while (pending.TryRead(out Task<MllpReply>? answer))
                {
                    if (writer.UnflushedBytes > 0 && (!answer.IsCompleted || writer.UnflushedBytes > SendAtBytes))
                    {
                        await FlushAsync(writer, patience, sending.Token);
                    }

                    Write(writer, await answer.WaitAsync(abort));
                }

                await FlushAsync(writer, patience, sending.Token);
            }
        }
        catch (IOException)
        {
            port.Log.LogInformation("Feed {Feed}: a sender left before its acknowledgement; it will send the message again", port.Feed.Id);
        }
        catch (OperationCanceledException)
        {
            port.Log.LogWarning("Feed {Feed}: acknowledgements were not sent, {Why}", port.Feed.Id,
                abort.IsCancellationRequested ? "the service stops" : "the sender did not read them");
        }
        finally
        {
            await writer.CompleteAsync();
        }
    }

    private async ValueTask FlushAsync(PipeWriter writer, CancellationTokenSource patience, CancellationToken sending)
    {
        patience.CancelAfter(TimeSpan.FromSeconds(port.Options.AckSeconds));
        await writer.FlushAsync(sending);
        patience.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    private void Write(PipeWriter writer, MllpReply reply)
    {
        string feed = port.Feed.Id;
        if (reply.Reason is { } reason)
        {
            port.Metrics.Refused(feed, reason);
            port.Log.LogWarning("Feed {Feed}: a message was refused: {Reason}", feed, reason);
        }

        AcknowledgementCode? code = Acknowledgement.CodeFor(reply.Header, reply.Outcome);
        port.Metrics.Acknowledged(feed, code?.ToString() ?? "none", port.Time.GetElapsedTime(reply.ReceivedAt));
        if (code is not { } wanted)
        {
            return;
        }

        AcknowledgementError? error = reply.Condition is { } condition ? new AcknowledgementError(condition, reply.Path) : null;
        byte[] answer = Acknowledgement.For(reply.Header, wanted, reply.Words, port.Time.GetUtcNow(), port.NextControlId(), error);
        Span<byte> frame = writer.GetSpan(answer.Length + 3);
        frame[0] = 0x0B;
        answer.CopyTo(frame[1..]);
        frame[answer.Length + 1] = 0x1C;
        frame[answer.Length + 2] = (byte)'\r';
        writer.Advance(answer.Length + 3);
    }
}
