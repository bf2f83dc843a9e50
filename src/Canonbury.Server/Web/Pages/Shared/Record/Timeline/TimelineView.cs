using System.Globalization;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Timeline;

/// <summary>One page of the timeline.</summary>
/// <param name="Months">The items of the page by month, newest first.</param>
/// <param name="Found">How many items match the filter.</param>
/// <param name="OfAll">How many items there are without a filter.</param>
public sealed record TimelineView(TimelineFilter Filter, IReadOnlyList<ItemGroup> Months, int Found, int OfAll, int Page, int Pages)
{
    public const int PageSize = 50;

    /// <param name="page">From 1; a page that is not there becomes the nearest that is.</param>
    public static TimelineView Build(RecordView record, TimelineFilter filter, int page)
    {
        List<RecordItem> all = [.. SectionWords.All.SelectMany(words => record[words.Section].Empty?.Kind == EmptyKind.Withheld
            ? []
            : record[words.Section].Items.Concat(record[words.Section].SaysNone))];
        List<RecordItem> found = [.. all.Where(filter.Matches)
            .OrderByDescending(RecordView.SortKey)
            .ThenBy(item => item.FhirId, StringComparer.Ordinal)];
        int pages = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        int shown = Math.Clamp(page, 1, pages);
        IEnumerable<ItemGroup> months = found.Skip((shown - 1) * PageSize).Take(PageSize)
            .GroupBy(MonthOf)
            .Select(month => new ItemGroup(month.Key, [.. month]));
        return new TimelineView(filter, [.. months], found.Count, all.Count, shown, pages);
    }

    /// <summary>The month in Britain; the year alone where the source gave no more.</summary>
    private static string MonthOf(RecordItem item) =>
        item.Card.When is { Length: 4 } year ? year : UkTime.DateOf(RecordView.SortKey(item)).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
}
