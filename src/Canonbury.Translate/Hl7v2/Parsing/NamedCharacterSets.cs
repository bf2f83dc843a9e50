using System.Collections.Frozen;
using System.Text;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>HL7 table 0211: the names that MSH-18 may hold, and other names that senders use for the same sets.</summary>
internal static class NamedCharacterSets
{
    public static readonly Encoding Windows1252 = CodePage(1252);

    private static readonly FrozenDictionary<string, Encoding> ByName = new Dictionary<string, Encoding>(StringComparer.OrdinalIgnoreCase)
    {
        ["ASCII"] = Encoding.ASCII,
        ["ISO IR6"] = Encoding.ASCII,
        ["8859/1"] = Encoding.Latin1,
        ["ISO-8859-1"] = Encoding.Latin1,
        ["ISO 8859-1"] = Encoding.Latin1,
        ["8859-1"] = Encoding.Latin1,
        ["8859/2"] = CodePage(28592),
        ["8859/3"] = CodePage(28593),
        ["8859/4"] = CodePage(28594),
        ["8859/5"] = CodePage(28595),
        ["8859/6"] = CodePage(28596),
        ["8859/7"] = CodePage(28597),
        ["8859/8"] = CodePage(28598),
        ["8859/9"] = CodePage(28599),
        ["8859/15"] = CodePage(28605),
        ["WINDOWS-1252"] = Windows1252,
        ["UNICODE UTF-8"] = Encoding.UTF8,
        ["UNICODE"] = Encoding.UTF8,
        ["UTF-8"] = Encoding.UTF8,
        ["UTF8"] = Encoding.UTF8,
        // Bytes that say so and are not UTF-16 (the caller looked) were transcoded on the way.
        ["UNICODE UTF-16"] = Encoding.UTF8,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for no name and for a name that is not known.</summary>
    public static Encoding? Find(string name) => ByName.GetValueOrDefault(name);

    private static Encoding CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number) ?? Encoding.Latin1;
}
