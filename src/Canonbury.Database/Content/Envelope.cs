using ZstdSharp;

namespace Canonbury.Database.Content;

/// <summary>
/// How stored content is wrapped: codec, dictionary, key id, then the bytes. Reading never needs to know when it was written.
/// Codec 0 is plain, 1 is Zstandard; dictionary 0 is none; key id 0 is not encrypted.
/// </summary>
public static class Envelope
{
    private const int HeaderLength = 3;
    private const int Plain = 0;
    private const int Zstandard = 1;
    private const int Level = 3;

    [ThreadStatic]
    private static Compressor?[]? compressors;

    [ThreadStatic]
    private static Decompressor?[]? decompressors;

    /// <param name="kind">Chooses the dictionary; it is written into the envelope.</param>
    public static byte[] Wrap(ReadOnlySpan<byte> content, ContentKind kind)
    {
        byte dictionary = ContentDictionaries.NewestFor(kind);
        Compressor compressor = CompressorFor(dictionary);
        byte[] buffer = new byte[HeaderLength + Compressor.GetCompressBound(content.Length)];
        int written = compressor.Wrap(content, buffer.AsSpan(HeaderLength));
        if (written >= content.Length)
        {
            byte[] plain = new byte[HeaderLength + content.Length];
            plain[0] = Plain;
            content.CopyTo(plain.AsSpan(HeaderLength));
            return plain;
        }

        buffer[0] = Zstandard;
        buffer[1] = dictionary;
        return buffer[..(HeaderLength + written)];
    }

    /// <summary>The content as it was. Throws <see cref="InvalidDataException"/> for an envelope that this program cannot open.</summary>
    public static byte[] Unwrap(ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < HeaderLength || envelope[2] != 0)
        {
            throw new InvalidDataException("The stored content has no envelope that this program knows.");
        }

        return envelope[0] switch
        {
            Plain => envelope[HeaderLength..].ToArray(),
            Zstandard => DecompressorFor(envelope[1]).Unwrap(envelope[HeaderLength..]).ToArray(),
            _ => throw new InvalidDataException($"The stored content has codec {envelope[0]}, which this program does not know."),
        };
    }

    private static Compressor CompressorFor(byte dictionary)
    {
        compressors ??= new Compressor?[byte.MaxValue + 1];
        if (compressors[dictionary] is not { } compressor)
        {
            compressors[dictionary] = compressor = new Compressor(Level);
            if (dictionary != 0)
            {
                compressor.LoadDictionary(ContentDictionaries.Bytes(dictionary));
            }
        }

        return compressor;
    }

    private static Decompressor DecompressorFor(byte dictionary)
    {
        decompressors ??= new Decompressor?[byte.MaxValue + 1];
        if (decompressors[dictionary] is not { } decompressor)
        {
            decompressors[dictionary] = decompressor = new Decompressor();
            if (dictionary != 0)
            {
                decompressor.LoadDictionary(ContentDictionaries.Bytes(dictionary));
            }
        }

        return decompressor;
    }
}
