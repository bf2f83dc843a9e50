using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Text;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Timeline;

/// <summary>What a reader asked the timeline to show; everything empty means all.</summary>
/// <param name="Text">Words that an item must all contain.</param>
/// <param name="Section">The slug of a section.</param>
public sealed record TimelineFilter(string? Text, DateOnly? From, DateOnly? To, Section? Section, string? Source)
{
    public static readonly TimelineFilter All = new(null, null, null, null, null);

    public bool Matches(RecordItem item) =>
        (Section is null || item.Card.Section == Section)
        && (Source is null || item.Source.Value == Source)
        && InDates(item)
        && HasWords(item.Card);

    private bool InDates(RecordItem item)
    {
        if (From is null && To is null)
        {
            return true;
        }

        DateOnly day = UkTime.DateOf(RecordView.SortKey(item));
        return (From is null || day >= From) && (To is null || day <= To);
    }

    private bool HasWords(Card card)
    {
        if (string.IsNullOrWhiteSpace(Text))
        {
            return true;
        }

        string words = SearchWords.Of(card);
        return Folding.Fold(Text).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(
            word => words.Contains(word, StringComparison.Ordinal));
    }
}
