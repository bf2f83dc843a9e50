using System.Text;
using System.Xml;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;

namespace Canonbury.Fhir.Json;

/// <summary>The one place that writes and reads FHIR XML. https://hl7.org/fhir/R4/xml.html</summary>
public static class FhirXml
{
    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };

    private static readonly XmlWriterSettings Pretty = new() { Encoding = Writing.Encoding, OmitXmlDeclaration = true, Indent = true };

    // No DTD, so no entities: neither expansion nor files. White space is content in values.
    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>UTF-8. Narratives of the resource get their namespace where it was left out.</summary>
    /// <param name="pretty">With lines and indentation, for people.</param>
    public static byte[] ToUtf8(Resource resource, bool pretty = false)
    {
        Narratives.PutInNamespace(resource);
        using MemoryStream buffer = new();
        using (XmlWriter writer = XmlWriter.Create(buffer, pretty ? Pretty : Writing))
        {
            FhirXmlSerializer.Default.Serialize(resource, writer, null, null);
        }

        return buffer.ToArray();
    }

    /// <summary>Reads with every check of the base specification that the SDK makes. Never throws on content.</summary>
    public static Parsed Parse(byte[] xml)
    {
        try
        {
            if (TooDeep(xml) is { } line)
            {
                return Unreadable($"The body nests deeper than {FhirJson.MaxDepth} levels.", line);
            }

            using XmlReader reader = XmlReader.Create(new MemoryStream(xml, writable: false), Reading);
            bool valid = FhirXmlDeserializer.STRICT.TryDeserializeResource(reader, out Resource? resource,
                out IEnumerable<CodedException> issues);
            return new Parsed(resource, valid ? [] : ParseIssues.Of(resource, issues));
        }
        catch (XmlException broken)
        {
            return Unreadable("The body is not well-formed XML without a document type.", broken.LineNumber);
        }
        catch (Exception broken) when (ParseIssues.IsFromContent(broken))
        {
            return Unreadable("The body cannot be read as FHIR XML.", null);
        }
    }

    // The SDK reads XML by recursion, and a stack that overflows ends the process: measure first.
    private static long? TooDeep(byte[] xml)
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(xml, writable: false), Reading);
        while (reader.Read())
        {
            if (reader.Depth > FhirJson.MaxDepth)
            {
                return ((IXmlLineInfo)reader).LineNumber;
            }
        }

        return null;
    }

    private static Parsed Unreadable(string words, long? line) =>
        new(null, [new Issue("xml-malformed", words, null, line, OperationOutcome.IssueType.Structure)]);
}
