using Canonbury.Fhir.Text;

namespace Canonbury.Fhir.Cards;

/// <summary>The folded words of a card: its own text, and what its extractor put into <see cref="Card.SearchText"/> besides.</summary>
internal static class SearchWords
{
    public static string? Of(Card card)
    {
        string words = string.Join(' ', Parts(card).Where(p => !string.IsNullOrWhiteSpace(p)).Distinct(StringComparer.Ordinal));
        return words.Length == 0 ? null : Folding.Fold(words);
    }

    private static string?[] Parts(Card card) =>
        [card.Title, card.OriginalText, card.Code, card.Text, card.Author, card.Place, card.RangeText, card.SearchText];
}
