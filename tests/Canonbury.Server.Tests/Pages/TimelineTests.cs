using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.Record.Timeline;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>D4: the timeline narrows by date, kind, source and words.</summary>
public sealed class TimelineTests
{
    private readonly RecordView record = MadeUpRecord.View(MadeUpRecord.Full);

    [Fact]
    public void Timeline_IsNewestFirst()
    {
        List<RecordItem> items = [.. TimelineView.Build(record, TimelineFilter.All, 1).Months.SelectMany(month => month.Items)];

        Assert.Equal(MadeUpRecord.Full.Count, items.Count);
        Assert.Equal(items.Select(RecordView.SortKey).OrderDescending(), items.Select(RecordView.SortKey));
    }

    [Fact]
    public void ADateThatIsOnlyAYear_StandsUnderTheYear_NotUnderAMonthThatNobodySaid()
    {
        TimelineView view = TimelineView.Build(record, TimelineFilter.All with { Text = "asthma" }, 1);

        Assert.Equal("1998", Assert.Single(view.Months).Heading);
    }

    [Fact]
    public void Words_MatchInAnyOrderWithoutCase() =>
        Assert.Equal(["Metformin 500 mg tablets"], Titles(TimelineFilter.All with { Text = "FOOD metformin" }));

    [Fact]
    public void Dates_AreInclusive() => Assert.Equal(
        ["Discharge summary", "Discharge summary"],
        Titles(TimelineFilter.All with { From = new DateOnly(2024, 5, 14), To = new DateOnly(2024, 5, 15) }));

    [Fact]
    public void Source_And_Kind_Narrow() =>
        Assert.Equal(["Home care, morning visit"], Titles(TimelineFilter.All with { Source = "council", Section = Section.SocialCare }));

    [Fact]
    public void WithheldSections_AreNeitherShownNorCounted()
    {
        TimelineView view =
            TimelineView.Build(MadeUpRecord.View(MadeUpRecord.Full, new HashSet<Section> { Section.SocialCare }), TimelineFilter.All, 1);

        Assert.Equal(1, view.OfAll);
    }

    [Fact]
    public void LongTimelines_AreCutIntoPages()
    {
        RecordView many = MadeUpRecord.View(Enumerable.Range(0, 120).Select(i => MadeUpRecord.Result("Test", i, "g/L", "2024-01-02")));

        TimelineView last = TimelineView.Build(many, TimelineFilter.All, 99);

        Assert.Equal((3, 3, 20), (last.Pages, last.Page, last.Months.Sum(month => month.Items.Count)));
    }

    private IEnumerable<string> Titles(TimelineFilter filter) =>
        TimelineView.Build(record, filter, 1).Months.SelectMany(month => month.Items).Select(item => item.Card.Title);
}
