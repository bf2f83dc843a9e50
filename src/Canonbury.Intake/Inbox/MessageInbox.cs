using System.Security.Cryptography;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Database.Content;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Pipeline;
using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Parsing;
using Microsoft.Extensions.Logging;

namespace Canonbury.Intake.Inbox;

/// <summary>
/// Stores the raw bytes of messages, many in one transaction; only then may they be acknowledged (design, rule 1). Says whose bucket a
/// message belongs to, knows a message that came before, and hands what is durable to the pipeline.
/// </summary>
public sealed class MessageInbox(
    GroupCommitter committer, SourceRegistry sources, BucketQueues queues, MessageIds ids, TimeProvider time, StepReached reached, ILogger<MessageInbox> log)
{
    private readonly Lock order = new();

    /// <summary>See <see cref="ReceiveMessage"/>.</summary>
    public async Task<InboxReceipt> ReceiveAsync(Feed feed, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        Arrival arrival = Read(feed, message);
        reached("Store");
        Task<Answers> storing;
        InboxMessage stored;
        lock (order)
        {
            // The order of ids is the order of commits within a bucket, and of what the pipeline is offered.
            stored = arrival.Message with { Id = ids.Next() };
            storing = committer.CommitAsync(stored.Bucket, session => Store(session, stored, arrival), answers => Offer(stored, answers));
        }

        Answers answers;
        try
        {
            answers = await storing;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InboxUnavailableException($"The message was not stored ({error.GetType().Name}).", error);
        }

        reached("Stored");
        sources.Remember(stored.Source);
        if (answers.New is { Rows.Count: 0 })
        {
            return InboxReceipt.Duplicate;
        }

        if (answers.OtherBytes is { Rows.Count: > 0 })
        {
            await AlarmAsync(stored);
        }

        return InboxReceipt.Stored;
    }

    private void Offer(InboxMessage stored, Answers answers)
    {
        if (answers.New is not { Rows.Count: 0 })
        {
            // The bytes are the receiver's, who has them back after the receipt.
            queues.Offer(stored with { Raw = stored.Raw.ToArray() });
        }
    }

    private Arrival Read(Feed feed, ReadOnlyMemory<byte> bytes)
    {
        string application = "", facility = "", control = "";
        string? key = null, code = null;
        if (Hl7Message.TryParse(bytes.Span, out Hl7Message? parsed, out _))
        {
            MessageHeader header = MessageHeader.Of(parsed);
            (application, facility, control) = (Clean(header.SendingApplication), Clean(header.SendingFacility), Clean(header.ControlId));
            key = PatientKey.Find(parsed);
            code = header.TriggerEvent.Length == 0 ? header.MessageCode : $"{header.MessageCode}^{header.TriggerEvent}";
        }

        SourceId source = feed.Source ?? sources.OfSender(application, facility);
        PatientId? patient = key is null ? null : PatientId.Of(source, key);

        // A message about nobody is ordered among those of its source.
        int bucket = (patient ?? PatientId.Of(source, "")).Bucket;
        InboxMessage message = new(Guid.Empty, bucket, patient, source, feed.Id, feed.Zone, time.GetUtcNow(), 0, bytes);
        return new Arrival(message, application, facility, control, Clean(code ?? ""), Hash(bytes.Span), Envelope.Wrap(bytes.Span, ContentKind.Message));
    }

    private Answers Store(Session session, InboxMessage message, Arrival arrival)
    {
        sources.Register(session, message.Source, arrival.Application, arrival.Facility);
        Answer<int>? isNew = null;
        Answer<int>? otherBytes = null;

        // An empty control id never matches another message (design, section 4: duplicates).
        if (arrival.ControlId.Length > 0)
        {
            otherBytes = session.Ask(
                "SELECT 1 FROM message_key WHERE feed = $1 AND control_id = $2 AND hash <> $3 LIMIT 1", row => row.Int(0),
                message.Feed, arrival.ControlId, arrival.Hash);
            isNew = session.Ask(
                """
                INSERT INTO message_key (feed, control_id, hash, bucket, id) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (feed, control_id, hash) DO NOTHING RETURNING 1
                """,
                row => row.Int(0), message.Feed, arrival.ControlId, arrival.Hash, message.Bucket, message.Id);
        }

        WriteMessage(session, message, arrival);
        session.Write(
            """
            INSERT INTO feed_count (bucket, feed, source, received, last_received_at, alarms) VALUES ($1, $2, $3, 1, $4, 0)
            ON CONFLICT (bucket, feed, source) DO UPDATE SET received = feed_count.received + 1, last_received_at = excluded.last_received_at
            """,
            message.Bucket, message.Feed, message.Source.Value, message.ReceivedAt);
        return new Answers(isNew, otherBytes);
    }

    /// <summary>With a control id, the message goes in only where its key is its own: so no answer is awaited within a batch.</summary>
    private static void WriteMessage(Session session, InboxMessage message, Arrival arrival)
    {
        const string Insert =
            "INSERT INTO message (bucket, id, patient, source, feed, zone, received_at, control_id, event, state, attempts, raw) ";
        Guid patient = (message.Patient ?? PatientId.Nobody).Value;
        if (arrival.ControlId.Length == 0)
        {
            // Tried again after a commit whose outcome was not known, it may be there.
            session.Write(
                Insert + "VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, 0, 0, $9) ON CONFLICT (bucket, id) DO NOTHING",
                message.Bucket, message.Id, patient, message.Source.Value, message.Feed, message.Zone.Id, message.ReceivedAt, arrival.Event, arrival.Raw);
            return;
        }

        session.Write(
            Insert + """
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10
            WHERE EXISTS (SELECT 1 FROM message_key WHERE feed = $5 AND control_id = $8 AND hash = $11 AND id = $2)
            ON CONFLICT (bucket, id) DO NOTHING
            """,
            message.Bucket, message.Id, patient, message.Source.Value, message.Feed, message.Zone.Id, message.ReceivedAt, arrival.ControlId, arrival.Event,
            arrival.Raw, arrival.Hash);
    }

    /// <summary>The same control id came with other bytes: both are processed, and someone has to know.</summary>
    private async Task AlarmAsync(InboxMessage message)
    {
        log.LogWarning("Feed {Feed}: a control id of {Source} came again with other content; both messages are processed", message.Feed, message.Source);
        await committer.CommitAsync(message.Bucket, session => session.Execute(
            "UPDATE feed_count SET alarms = alarms + 1 WHERE bucket = $1 AND feed = $2 AND source = $3", message.Bucket, message.Feed, message.Source.Value));
    }

    private static byte[] Hash(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes)[..16];

    /// <summary>PostgreSQL stores no NUL, and an index row has a limit.</summary>
    private static string Clean(string text)
    {
        string clean = text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', ' ') : text;
        return clean.Length > 200 ? clean[..200] : clean;
    }

    private sealed record Arrival(InboxMessage Message, string Application, string Facility, string ControlId, string Event, byte[] Hash, byte[] Raw);

    private sealed record Answers(Answer<int>? New, Answer<int>? OtherBytes);
}
