using System.Buffers;

namespace Canonbury.Access.Audit;

/// <summary>
/// Keeps the audit (features G1, G2): an entry is in this process's journal when <see cref="AppendAsync"/> returns, and in the database
/// at most 100 ms later; with <c>Strict</c> the call waits for the database.
/// </summary>
public sealed class AuditTrail
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? payloads;

    private readonly AuditJournal journal;
    private readonly AuditStorer storer;
    private readonly bool strict;

    internal AuditTrail(AuditJournal journal, AuditStorer storer, bool strict, TimeProvider time)
    {
        this.journal = journal;
        this.storer = storer;
        this.strict = strict;
        DateTimeOffset now = time.GetUtcNow();
        Write(new AuditEntry
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Action = AuditAction.OpenChain,
            Outcome = AuditOutcome.Done,
            Caller = "",
            Detail = $"{Environment.MachineName} {Environment.ProcessId}",
        });
    }

    /// <summary>This process's chain.</summary>
    public Guid Chain => journal.Chain;

    /// <summary>How many entries wait for the database.</summary>
    public long Waiting => storer.Waiting;

    /// <param name="origin">The request that it belongs to; null for what no request does.</param>
    /// <exception cref="AuditUnavailableException">The entry could not be kept; then nothing may be shown.</exception>
    public ValueTask AppendAsync(AuditEntry entry, RequestOrigin? origin, CancellationToken cancellation)
    {
        AuditEntry located = origin is null ? entry : entry with { Address = origin.Address, RequestId = origin.RequestId };
        long sequence = Write(located);
        if (strict)
        {
            return new ValueTask(AppendStrictlyAsync(sequence, entry, origin, cancellation));
        }

        origin?.Appended(entry);
        return ValueTask.CompletedTask;
    }

    private async Task AppendStrictlyAsync(long sequence, AuditEntry entry, RequestOrigin? origin, CancellationToken cancellation)
    {
        await storer.StoredAsync(sequence, cancellation);
        origin?.Appended(entry);
    }

    private long Write(AuditEntry entry)
    {
        ArrayBufferWriter<byte> payload = payloads ??= new ArrayBufferWriter<byte>(1024);
        payload.ResetWrittenCount();
        AuditJson.Write(entry, payload);
        return journal.Append(payload.WrittenSpan);
    }
}
