using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;

namespace Canonbury.Fhir.Json;

/// <summary>The one place that writes and reads FHIR JSON. https://hl7.org/fhir/R4/json.html</summary>
public static class FhirJson
{
    /// <summary>How deep a resource may nest, far beyond any real one: what comes in must also fit the stack when it goes out.</summary>
    public const int MaxDepth = 64;

    // The default encoder escapes + < > and every letter beyond ASCII, which only an HTML page would need.
    internal static readonly JsonWriterOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonReaderOptions Limits = new() { MaxDepth = MaxDepth };

    /// <summary>What was stored may be as deep as it may come in, within the entries of a bundle.</summary>
    internal static readonly JsonReaderOptions StoredLimits = new() { MaxDepth = MaxDepth + 16 };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? scratch;

    /// <summary>UTF-8, no indentation, ready to store and to send.</summary>
    public static byte[] ToUtf8(Resource resource)
    {
        (ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer) = scratch ?? NewScratch();
        scratch = null;
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        FhirJsonSerializer.Default.Serialize(resource, writer, null);
        writer.Flush();
        byte[] json = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= 1 << 20)
        {
            scratch = (buffer, writer);
        }

        return json;
    }

    /// <summary>Reads with every check of the base specification that the SDK makes. Never throws on content.</summary>
    public static Parsed Parse(ReadOnlySpan<byte> json) => Read(json, FhirJsonDeserializer.STRICT, Limits);

    /// <summary>Reads what we stored ourselves, without checking it again.</summary>
    public static Parsed ParseStored(ReadOnlySpan<byte> json) => Read(json, FhirJsonDeserializer.OSTRICH, StoredLimits);

    private static Parsed Read(ReadOnlySpan<byte> json, FhirJsonDeserializer deserializer, JsonReaderOptions limits)
    {
        ReadOnlySpan<byte> body = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            Utf8JsonReader reader = new(body, limits);
            bool valid = deserializer.TryDeserializeResource(ref reader, out Resource? resource, out IEnumerable<CodedException> issues);

            // The deserializer ends with the resource, and says nothing of a second one behind it, which would be lost.
            if (body[(int)reader.BytesConsumed..].ContainsAnyExcept(" \t\r\n"u8))
            {
                return Unreadable("Something stands behind the resource.", null);
            }

            return new Parsed(resource, valid ? [] : ParseIssues.Of(resource, issues));
        }
        catch (JsonException broken)
        {
            string words = broken.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
                ? $"The body nests deeper than {MaxDepth} levels."
                : "The body is not well-formed JSON in UTF-8.";
            return Unreadable(words, broken.LineNumber + 1);
        }
        catch (Exception broken) when (ParseIssues.IsFromContent(broken))
        {
            return Unreadable("The body cannot be read as FHIR JSON.", null);
        }
    }

    private static Parsed Unreadable(string words, long? line) =>
        new(null, [new Issue("json-malformed", words, null, line, OperationOutcome.IssueType.Structure)]);

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewScratch()
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        return (buffer, new Utf8JsonWriter(buffer, Compact));
    }
}
