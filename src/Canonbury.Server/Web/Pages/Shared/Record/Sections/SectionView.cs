using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>A part of a section under its own heading: current, past, coming up.</summary>
public sealed record ItemGroup(string Heading, IReadOnlyList<RecordItem> Items);

/// <summary>One section of the record, ready to show.</summary>
/// <param name="Items">Newest first; without the statements that there is nothing.</param>
/// <param name="SaysNone">The statements that there is nothing, newest first.</param>
/// <param name="Empty">Why it shows nothing; null where it shows something.</param>
public sealed record SectionView(
    SectionWords Words,
    IReadOnlyList<RecordItem> Items,
    IReadOnlyList<RecordItem> SaysNone,
    IReadOnlyList<ItemGroup> Groups,
    EmptySection? Empty)
{
    public Section Section => Words.Section;

    /// <summary>The items that matter now: the first group of sections that have one for now.</summary>
    public IReadOnlyList<RecordItem> Current =>
        Groups.Count > 0 && Groups[0].Heading is not (ItemGroups.Past or ItemGroups.NotSaid or ItemGroups.NoEnd) ? Groups[0].Items : [];

    /// <summary>What is not said to be over: the current items, then those of which the source did not say whether they are.</summary>
    public IReadOnlyList<RecordItem> NotOver => [.. Groups.Where(group => group.Heading != ItemGroups.Past).SelectMany(group => group.Items)];

    /// <summary>True where one source names something and another says that there is nothing.</summary>
    public bool SourcesDisagree => SaysNone.Count > 0 && Current.Count > 0;
}
