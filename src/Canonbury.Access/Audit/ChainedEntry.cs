using System.Buffers.Binary;
using System.Security.Cryptography;
using Canonbury.Fhir.Ids;

namespace Canonbury.Access.Audit;

/// <summary>One row of one process's hash chain.</summary>
/// <param name="Chain">The process's chain (UUIDv7, made when the process started).</param>
/// <param name="Sequence">1 for the first; no number is left out.</param>
/// <param name="Hash">Of the row before it and of this row's digest; see <see cref="ChainHash"/>.</param>
/// <param name="Digest">Of salt and payload; stays when the payload is erased.</param>
/// <param name="Salt">16 random bytes; null once the payload is erased.</param>
/// <param name="Payload">The <see cref="AuditEntry"/> as JSON; null once it is erased at the end of its time.</param>
public sealed record ChainedEntry(Guid Chain, long Sequence, byte[] Hash, byte[] Digest, byte[]? Salt, byte[]? Payload)
{
    /// <summary>Reads the payload; throws where it was erased.</summary>
    public AuditEntry Entry => AuditJson.Read(Known);

    /// <summary>When it happened and whom it is about; throws where the payload was erased.</summary>
    internal (DateTimeOffset At, IReadOnlySet<PatientId> Patients) About => AuditJson.ReadAbout(Known);

    private byte[] Known => Payload ?? throw new InvalidOperationException("The payload of this entry was erased.");
}

/// <summary>
/// The arithmetic of the chain: <c>digest = SHA-256(salt, payload)</c>, <c>hash = SHA-256(hash before, chain, sequence, digest)</c>.
/// The digest is salted so that the proof, which outlives the payload, does not allow guessing what the payload was.
/// </summary>
internal static class ChainHash
{
    public const int Length = SHA256.HashSizeInBytes;

    public const int SaltLength = 16;

    /// <summary>What stands before the first entry.</summary>
    public static ReadOnlySpan<byte> Origin => new byte[Length];

    public static void Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload, Span<byte> digest)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(payload);
        hash.GetHashAndReset(digest);
    }

    public static void Next(ReadOnlySpan<byte> before, Guid chain, long sequence, ReadOnlySpan<byte> digest, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[Length + 16 + sizeof(long) + Length];
        before.CopyTo(input);
        chain.TryWriteBytes(input[Length..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(input[(Length + 16)..], sequence);
        digest.CopyTo(input[(Length + 16 + sizeof(long))..]);
        SHA256.HashData(input, hash);
    }
}
