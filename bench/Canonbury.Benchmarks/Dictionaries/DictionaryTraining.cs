using System.Buffers.Binary;
using System.Globalization;
using ZstdSharp;

namespace Canonbury.Benchmarks.Dictionaries;

/// <summary>
/// Trains the compression dictionaries of stored content (<c>Content/N.zdict</c> of Canonbury.Database) on a synthetic borough, and measures
/// them on another one. The same seed gives the same bytes. What was released is not trained again: a better dictionary gets a new number.
/// </summary>
internal static class DictionaryTraining
{
    private const byte OfResources = 1;
    private const byte OfMessages = 2;
    private const int People = 400;
    private const int MostOfAKind = 1_500;
    private const int Bytes = 32 * 1024;

    public static int Run(string folder, string[] args)
    {
        ulong seed = args.Length > 0 ? ulong.Parse(args[0], CultureInfo.InvariantCulture) : 1;
        BoroughSamples known = BoroughSamples.Of(seed, People);
        BoroughSamples unseen = BoroughSamples.Of(seed + 1, People);
        Directory.CreateDirectory(folder);
        Console.WriteLine($"Trained on the borough of seed {seed}, measured on that of seed {seed + 1}");
        Write(folder, OfResources, known.Resources, unseen.Resources, seed);
        Write(folder, OfMessages, known.Messages, unseen.Messages, seed);
        return 0;
    }

    private static void Write(string folder, byte number, IReadOnlyList<Sample> known, IReadOnlyList<Sample> unseen, ulong seed)
    {
        byte[] dictionary = DictBuilder.TrainFromBuffer(Sample.Even(known, MostOfAKind, seed).Select(sample => sample.Bytes), Bytes);

        // RFC 8878 section 5: in a private environment any Dictionary_ID can be used. One below 256 takes one byte of a frame instead of four.
        BinaryPrimitives.WriteUInt32LittleEndian(dictionary.AsSpan(4), number);
        File.WriteAllBytes(Path.Combine(folder, $"{number}.zdict"), dictionary);
        Console.WriteLine($"\n{number}.zdict, {dictionary.Length} bytes\n");
        Ratios.Print(unseen, dictionary);
    }
}
