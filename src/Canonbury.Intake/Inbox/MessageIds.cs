using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Canonbury.Intake.Inbox;

/// <summary>
/// Ids of messages: UUIDs of version 7 whose order is the order in which this process gave them, also within a millisecond
/// (RFC 9562 section 6.2, method 3: twelve bits count parts of it).
/// </summary>
public sealed class MessageIds(TimeProvider time)
{
    private const int PartsOfMillisecond = 4096;

    private readonly Lock gate = new();
    private long last;

    public Guid Next()
    {
        long ticks = time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        // The whole milliseconds apart from the rest: multiplied together they do not fit into 64 bits.
        (long milliseconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerMillisecond);
        long now = (milliseconds * PartsOfMillisecond) + (rest * PartsOfMillisecond / TimeSpan.TicksPerMillisecond);
        lock (gate)
        {
            last = Math.Max(now, last + 1);
            now = last;
        }

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, now / PartsOfMillisecond << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (now % PartsOfMillisecond)));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
