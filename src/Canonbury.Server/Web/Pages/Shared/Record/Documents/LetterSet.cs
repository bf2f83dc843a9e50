using Canonbury.Record.Reading;

namespace Canonbury.Server.Web.Pages.Shared.Record.Documents;

/// <summary>The versions of one letter as one line of a list (D8).</summary>
/// <param name="Earlier">What the newest one replaces, newest first.</param>
public sealed record LetterSet(RecordItem Newest, IReadOnlyList<RecordItem> Earlier)
{
    /// <param name="items">Newest first.</param>
    public static IReadOnlyList<LetterSet> Collapse(IEnumerable<RecordItem> items) =>
    [
        .. items.GroupBy(
            item => item.Card.Group is { } group ? $"{item.Source}\n{group}" : $"{item.Type}/{item.FhirId}", StringComparer.Ordinal)
            .Select(set => set.OrderBy(item => item.Card.Status == "superseded").ToList())
            .Select(set => new LetterSet(set[0], set[1..])),
    ];
}
