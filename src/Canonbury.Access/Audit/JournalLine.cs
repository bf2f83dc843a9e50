using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Canonbury.Access.Audit;

/// <summary>
/// The text of a journal. The first line is <c>canonbury-audit 1 CHAIN FIRST BEFORE</c> (BEFORE: the hash before the first entry of
/// the file); each further line is <c>SEQUENCE HASH SALT PAYLOAD</c>, hexadecimal and JSON. A line counts once its line feed is there.
/// </summary>
internal static class JournalLine
{
    private const string Magic = "canonbury-audit 1";
    private const int HashHex = ChainHash.Length * 2;
    private const int SaltHex = ChainHash.SaltLength * 2;

    /// <summary>The most bytes that a line has beside its payload.</summary>
    public const int Overhead = 20 + 1 + HashHex + 1 + SaltHex + 1 + 1;

    public static byte[] Header(JournalHeader header) =>
        Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{Magic} {header.Chain:N} {header.First} {Convert.ToHexStringLower(header.Before)}\n"));

    /// <summary>Null where the line is not a header of this version.</summary>
    public static JournalHeader? ReadHeader(ReadOnlySpan<byte> line)
    {
        string[] words = Encoding.ASCII.GetString(line).Split(' ');
        return words.Length == 5
            && $"{words[0]} {words[1]}" == Magic
            && Guid.TryParseExact(words[2], "N", out Guid chain)
            && long.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && FromHex(Encoding.ASCII.GetBytes(words[4]), ChainHash.Length) is { } before
                ? new JournalHeader(chain, first, before)
                : null;
    }

    /// <summary>Writes one line with its line feed and says how long it is.</summary>
    public static int Write(Span<byte> to, long sequence, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        Utf8Formatter.TryFormat(sequence, to, out int at);
        to[at++] = (byte)' ';
        Convert.TryToHexStringLower(hash, to[at..], out int written);
        at += written;
        to[at++] = (byte)' ';
        Convert.TryToHexStringLower(salt, to[at..], out written);
        at += written;
        to[at++] = (byte)' ';
        payload.CopyTo(to[at..]);
        at += payload.Length;
        to[at++] = (byte)'\n';
        return at;
    }

    /// <summary>Reads a line without its line feed; null where it is damaged. The digest is computed from salt and payload.</summary>
    public static ChainedEntry? Read(Guid chain, ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line, out long sequence, out int digits) || line.Length < digits + HashHex + SaltHex + 4)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = line[digits..];
        if (rest[0] != ' ' || rest[1 + HashHex] != ' ' || rest[2 + HashHex + SaltHex] != ' ')
        {
            return null;
        }

        byte[]? hash = FromHex(rest.Slice(1, HashHex), ChainHash.Length);
        byte[]? salt = FromHex(rest.Slice(2 + HashHex, SaltHex), ChainHash.SaltLength);
        if (hash is null || salt is null)
        {
            return null;
        }

        byte[] payload = rest[(3 + HashHex + SaltHex)..].ToArray();
        byte[] digest = new byte[ChainHash.Length];
        ChainHash.Digest(salt, payload, digest);
        return new ChainedEntry(chain, sequence, hash, digest, salt, payload);
    }

    private static byte[]? FromHex(ReadOnlySpan<byte> hex, int length)
    {
        byte[] bytes = new byte[length];
        return Convert.FromHexString(hex, bytes, out int consumed, out int written) == System.Buffers.OperationStatus.Done
            && consumed == hex.Length && written == length
                ? bytes
                : null;
    }
}

/// <summary>The first line of a journal file.</summary>
/// <param name="First">The sequence number of the first entry in the file.</param>
/// <param name="Before">The hash of the entry before it.</param>
internal sealed record JournalHeader(Guid Chain, long First, byte[] Before);
