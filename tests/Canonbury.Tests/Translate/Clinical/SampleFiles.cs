using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>The messages of the sample files, and which files are none.</summary>
internal static class SampleFiles
{
    /// <summary>Configuration of a simulator, messages in HL7's XML encoding (not ER7), uuencoded text, a description.</summary>
    public static string? WhyNoMessage(string path)
    {
        string name = Path.GetFileName(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => "a table of the simulator, or the manifest",
            ".yml" => "the simulator's configuration: message templates with placeholders",
            ".xml" => "HL7 v2 in XML encoding, which no feed takes",
            _ when name.StartsWith("uuencoded", StringComparison.Ordinal) || name == "guide.txt" => "text for a parser's tests without MSH",
            _ => null,
        };
    }

    /// <summary>The messages of a file; a file without any MSH is handed on whole, as a socket would, to be refused.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> MessagesOf(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        IReadOnlyList<ReadOnlyMemory<byte>> messages = Hl7File.Split(bytes).Messages;
        return messages.Count > 0 || bytes.AsSpan().StartsWith("FHS"u8) ? messages : [bytes];
    }
}
