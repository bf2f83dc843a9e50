using System.Xml;
using System.Xml.Linq;
using Canonbury.Fhir.Cards;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.PatientSummary;

/// <summary>Writes narratives as XHTML: text only goes in, so nothing that a source sent is ever markup. https://hl7.org/fhir/R4/narrative.html</summary>
internal static class SummaryNarrative
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    /// <summary>The items of a section as a table.</summary>
    public static Narrative Table(IEnumerable<Card> cards, string? note, WriteSpan span) => Of(
    [
        new XElement(Xhtml + "table",
            new XElement(Xhtml + "thead", Row("th", "What", "When", "Details", "Status", "Author")),
            new XElement(Xhtml + "tbody", cards.Select(card => Row("td", card.Title, span(card.When ?? card.Recorded, card.Until), Details(card), Status(card), card.Author)))),
        .. Paragraphs(note),
    ]);

    public static Narrative Words(params IEnumerable<string?> paragraphs) => Of(paragraphs.SelectMany(Paragraphs));

    private static IEnumerable<XElement> Paragraphs(string? words) => words is null ? [] : [new XElement(Xhtml + "p", Legal(words))];

    private static Narrative Of(IEnumerable<XElement> content) => new()
    {
        Status = Narrative.NarrativeStatus.Generated,
        Div = new XElement(Xhtml + "div", new XAttribute(XNamespace.Xml + "lang", "en-GB"), new XAttribute("lang", "en-GB"), content)
            .ToString(SaveOptions.DisableFormatting),
    };

    private static XElement Row(string cell, params IEnumerable<string?> texts) =>
        new(Xhtml + "tr", texts.Select(text => new XElement(Xhtml + cell, Legal(text ?? ""))));

    private static string Details(Card card)
    {
        string? value = card.Value is { } number ? FormattableString.Invariant($"{card.Comparator}{number} {card.Unit}").Trim() : null;
        string? range = card is { Low: { } low, High: { } high } ? FormattableString.Invariant($"reference range {low} to {high}") : card.RangeText;
        string?[] parts = [value, card.Interpretation, card.Text, range, card.OriginalText, card.Severity];
        return string.Join("; ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
    }

    private static string Status(Card card) => string.Join(", ", new[] { card.Status, card.Verification }.Where(word => word is not null));

    private static string Legal(string text) => XmlText(text) ? text : string.Concat(text.EnumerateRunes().Where(rune => XmlText(rune.ToString())));

    private static bool XmlText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            if (!isPair && !XmlConvert.IsXmlChar(text[i]))
            {
                return false;
            }

            i += isPair ? 1 : 0;
        }

        return true;
    }
}
