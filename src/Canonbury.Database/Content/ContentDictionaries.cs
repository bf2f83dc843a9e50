using System.Reflection;

namespace Canonbury.Database.Content;

/// <summary>What kind of content is wrapped, for the choice of the dictionary.</summary>
public enum ContentKind
{
    Resource,
    Message,
}

/// <summary>
/// The compression dictionaries of this program, <c>Content/N.zdict</c>, trained on synthetic data only. A number is never reused,
/// because stored content names it.
/// </summary>
internal static class ContentDictionaries
{
    private static readonly Dictionary<byte, byte[]> ByNumber = Load();

    /// <summary>The dictionary for new content, or 0 where there is none.</summary>
    public static byte NewestFor(ContentKind kind)
    {
        byte number = kind == ContentKind.Resource ? (byte)1 : (byte)2;
        return ByNumber.ContainsKey(number) ? number : (byte)0;
    }

    public static byte[] Bytes(byte number) => ByNumber.TryGetValue(number, out byte[]? bytes)
        ? bytes
        : throw new InvalidDataException($"The stored content needs dictionary {number}, which this program does not have.");

    private static Dictionary<byte, byte[]> Load()
    {
        Assembly assembly = Assembly.GetExecutingAssembly();
        Dictionary<byte, byte[]> found = [];
        foreach (string name in assembly.GetManifestResourceNames())
        {
            string[] parts = name.Split('.');
            if (parts[^1] == "zdict" && byte.TryParse(parts[^2], out byte number))
            {
                using Stream stream = assembly.GetManifestResourceStream(name)!;
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                found[number] = bytes;
            }
        }

        return found;
    }
}
