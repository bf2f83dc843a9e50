using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Canonbury.Fhir.Ids;

/// <summary>Makes UUIDs of version 5 (RFC 9562 section 5.5): the same name always gives the same id, on every process.</summary>
public static class NameBasedGuid
{
    /// <summary>The UUIDv5 of <paramref name="name"/> (UTF-8) in <paramref name="space"/>.</summary>
    public static Guid Of(Guid space, string name)
    {
        int length = Encoding.UTF8.GetMaxByteCount(name.Length);
        Span<byte> input = length <= 496 ? stackalloc byte[16 + length] : new byte[16 + length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        int written = Encoding.UTF8.GetBytes(name, input[16..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 defines version 5 on SHA-1; it names things here, it protects nothing.
        SHA1.HashData(input[..(16 + written)], hash);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
