using Canonbury.Fhir.Text;

namespace Canonbury.Fhir.Cards;

/// <summary>What text search inside the record looks at: a card's own text, and what its extractor put into <see cref="Card.SearchText"/> besides.</summary>
public static class SearchWords
{
    /// <summary>Folded: lower case, no accents.</summary>
    public static string Of(Card card) =>
        Folding.Fold(string.Join(' ', Parts(card).Where(p => !string.IsNullOrWhiteSpace(p)).Distinct(StringComparer.Ordinal)));

    private static string?[] Parts(Card card) =>
        [card.Title, card.OriginalText, card.Code, card.Text, card.Author, card.Place, card.RangeText, card.SearchText];
}
