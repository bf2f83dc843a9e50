using System.Xml;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Tree;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Json;

/// <summary>
/// Weighs narratives that use XHTML beyond what R4 allows (narrative.html#xhtml): refusing a record for a table's border would lose it, so
/// that is a warning; active content is refused. Whoever shows a narrative cleans it all the same.
/// </summary>
internal static class Narratives
{
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    private static readonly string[] ActiveElements =
        ["script", "iframe", "object", "embed", "form", "input", "button", "link", "base", "meta", "svg", "math", "style", "frame",
            "applet"];

    public static Issue Weigh(Resource? resource, Issue issue)
    {
        if (issue.Code != "narrative-invalid" || resource is null)
        {
            return issue;
        }

        bool? active = false;
        ElementTree.Walk(
            resource, "", (element, _) => active = element is Narrative narrative && active == false ? IsActive(narrative.Div) : active);
        return active switch
        {
            true => issue with { Code = "narrative-active", Words = "A narrative holds active content, such as a script." },
            false => issue with { Severity = OperationOutcome.IssueSeverity.Warning },
            null => issue with { Code = "narrative-malformed", Words = "A narrative is not well-formed XML." },
        };
    }

    /// <summary>
    /// Puts narratives into the namespace of XHTML where their source left it out, as JSON allows it to be forgotten; without it they cannot stand in
    /// XML (R4 narrative.html: the div is XHTML).
    /// </summary>
    public static void PutInNamespace(Resource resource) => ElementTree.Walk(resource, "", (element, _) =>
    {
        if (element is Narrative { Div: { } div } narrative && div.TrimStart() is ['<', 'd', 'i', 'v', '>' or '/' or ' ', ..] trimmed
            && !trimmed.Split('>')[0].Contains("xmlns=", StringComparison.Ordinal))
        {
            narrative.Div = $"<div xmlns=\"{Xhtml}\"{trimmed["<div".Length..]}";
        }
    });

    private static bool? IsActive(string? div)
    {
        if (div is null)
        {
            return false;
        }

        try
        {
            using XmlReader reader = XmlReader.Create(
                new StringReader(div), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && IsActive(reader))
                {
                    return true;
                }
            }

            return false;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsActive(XmlReader element)
    {
        if (ActiveElements.Contains(element.LocalName, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        while (element.MoveToNextAttribute())
        {
            string value = element.Value.TrimStart();
            if (element.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
                || value.StartsWith("data:text", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
