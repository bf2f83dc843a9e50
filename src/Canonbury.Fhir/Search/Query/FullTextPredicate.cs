using System.Text.RegularExpressions;
using Canonbury.Fhir.Text;
using Canonbury.Fhir.Tree;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Query;

/// <summary>
/// <c>_text</c>, all the words in the narrative, and <c>_content</c>, in any text of the resource. A word in quotation marks is a phrase; <c>OR</c>
/// between words is any of them. https://hl7.org/fhir/R4/search.html#content
/// </summary>
/// <param name="Everywhere">True for <c>_content</c>.</param>
public sealed partial record FullTextPredicate(bool Everywhere, string Query) : Predicate
{
    private readonly string[][] alternatives = [.. OrWord().Split(Query).Select(Words).Where(words => words.Length > 0)];

    public override bool Matches(ResourceValues resource)
    {
        string text = Folding.Fold(Everywhere ? Content(resource.Resource) : Narrative(resource.Resource));
        return alternatives.Any(words => words.All(word => HasWord(text, word)));
    }

    private static string[] Words(string query) =>
        [.. Word().Matches(query).Select(word => Folding.Fold(word.Value.Trim('"', '(', ')'))).Where(word => word.Length > 0)];

    /// <summary>At the beginning of a word.</summary>
    private static bool HasWord(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Narrative(Resource resource) => resource is DomainResource { Text.Div: { } div } ? Tag().Replace(div, " ") : "";

    private static string Content(Resource resource)
    {
        List<string> texts = [Narrative(resource)];
        ElementTree.Walk(resource, "", (element, _) =>
        {
            if (element is PrimitiveType { JsonValue: string text } and not (Base64Binary or XHtml))
            {
                texts.Add(text);
            }
        });
        return string.Join(' ', texts);
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+OR\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrWord();
}
