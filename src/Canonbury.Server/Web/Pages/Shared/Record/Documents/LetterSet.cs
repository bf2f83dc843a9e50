using Canonbury.Record.Reading;

namespace Canonbury.Server.Web.Pages.Shared.Record.Documents;

/// <summary>The versions of one letter as one line of a list (D8).</summary>
/// <param name="Earlier">What the newest one replaces, newest first.</param>
public sealed record LetterSet(RecordItem Newest, IReadOnlyList<RecordItem> Earlier)
{
    /// <summary>
    /// Documents are versions of one letter where one says that it replaces the other, or where their source gives them one number (R4
    /// documentreference.html: identifier and relatesTo).
    /// </summary>
    /// <param name="items">Newest first.</param>
    public static IReadOnlyList<LetterSet> Collapse(IReadOnlyList<RecordItem> items)
    {
        Dictionary<string, string> leaders = new(StringComparer.Ordinal);
        foreach (RecordItem item in items)
        {
            Join(Name(item), item.Card.Replaces);
            Join(Name(item), item.Card.Group is { } group ? $"{item.Source}\n{group}" : null);
        }

        HashSet<string> replaced = [.. items.Select(item => item.Card.Replaces).OfType<string>()];
        return
        [
            .. items.GroupBy(item => LeaderOf(Name(item)), StringComparer.Ordinal)
                .Select(set => set.OrderBy(item => replaced.Contains(Name(item)) || item.Card.Status == "superseded").ToList())
                .Select(set => new LetterSet(set[0], set[1..])),
        ];

        string LeaderOf(string name) => leaders.TryGetValue(name, out string? leader) && leader != name ? LeaderOf(leader) : name;

        void Join(string name, string? other)
        {
            if (other is not null && LeaderOf(name) is var leader && LeaderOf(other) is var follower && leader != follower)
            {
                leaders[follower] = leader;
            }
        }
    }

    private static string Name(RecordItem item) => $"{item.Type}/{item.FhirId}";
}
