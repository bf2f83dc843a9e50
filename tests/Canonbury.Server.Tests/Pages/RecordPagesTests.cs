using AngleSharp.Dom;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Pages.Shared.Record.Summary;
using Canonbury.Server.Web.Pages.Shared.Record.Timeline;
using Canonbury.Server.Web.Pages.Shared.Record.Trends;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>What holds for every page of a record.</summary>
public sealed class RecordPagesTests
{
    private readonly RecordView full = MadeUpRecord.View(MadeUpRecord.Full);

    [Fact]
    public async Task EveryPage_HasBannerMenuReceiptOneHeadingAndNothingInline()
    {
        foreach ((string name, IDocument page) in await AllAsync(full))
        {
            Assert.True(page.QuerySelector(".banner-name").Words().StartsWith("OKAFOR", StringComparison.Ordinal), name);
            Assert.NotNull(page.QuerySelector("nav.record-menu a[aria-current=page]"));
            Assert.Contains("as at 20 May 2024, 10:30", page.QuerySelector(".receipt").Words(), StringComparison.Ordinal);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Empty(page.QuerySelectorAll("[style], style, [onclick], script:not([src])"));
            Assert.Equal(
                page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
            Assert.DoesNotContain(page.QuerySelectorAll("[src], [href], [action]"), Outside);
        }
    }

    [Fact]
    public async Task EveryItem_IsReachedFromTheSummaryInTwoClicks()
    {
        Dictionary<string, IDocument> pages = (await AllAsync(full)).ToDictionary();
        HashSet<string> firstClick = [.. Addresses(pages["summary"])];
        IEnumerable<string> secondClick =
            pages.Where(page => firstClick.Contains(AddressOf(page.Key))).SelectMany(page => Addresses(page.Value));
        HashSet<string> reached = [.. firstClick, .. secondClick];

        Assert.All(MadeUpRecord.Full, item => Assert.Contains(MadeUpRecord.Links.Item(item), reached));
    }

    [Fact]
    public async Task TestPage_HasAChartAndATableThatSayTheSame()
    {
        SectionView results = full[Fhir.Cards.Section.Results];
        TestSeries series = TestSeries.Group(results.Items).Single(test => test.Title == "Haemoglobin");
        IDocument page = await Rendered.PageAsync<TestPage>(Parameters(full, ("Series", series), ("View", results)));

        Assert.Equal(3, page.QuerySelectorAll("svg .chart-point").Length);
        Assert.Equal(2, page.QuerySelectorAll("svg .chart-point--low").Length);
        Assert.Equal("Haemoglobin in g/L: 3 values from 1 February 2023 to 12 May 2024; the newest is 109.", page.QuerySelector("svg title").Words(
            ));
        Assert.Equal(3, page.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("11.4 g/dL ▼ Low (drawn as 114 g/L)", page.QuerySelectorAll("tbody tr")[1].Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASourcesOwnWords_AreNeverMarkup()
    {
        const string Markup = "<img src=x onerror=alert(1)>";
        RecordView hostile = MadeUpRecord.View(
            [MadeUpRecord.Result(Markup, 1, "<b>", "2024-05-01"), MadeUpRecord.Result(Markup, 2, "<b>", "2024-05-02")]);
        SectionView results = hostile[Fhir.Cards.Section.Results];
        IDocument page =
            await Rendered.PageAsync<TestPage>(Parameters(hostile, ("Series", TestSeries.Group(results.Items)[0]), ("View", results)));

        Assert.Empty(page.QuerySelectorAll("img, b"));
    }

    private static async Task<List<KeyValuePair<string, IDocument>>> AllAsync(RecordView record)
    {
        List<KeyValuePair<string, IDocument>> pages =
        [
            new("summary", await Rendered.PageAsync<SummaryPage>(Parameters(record))),
            new("timeline", await Rendered.PageAsync<TimelinePage>(
                Parameters(record, ("View", TimelineView.Build(record, TimelineFilter.All, 1))))),
            new("sources", await Rendered.PageAsync<ReceiptPage>(Parameters(record))),
        ];
        foreach (SectionWords words in SectionWords.All)
        {
            pages.Add(new(words.Slug, await Rendered.PageAsync<SectionPage>(Parameters(record, ("View", record[words.Section])))));
        }

        return pages;
    }

    private static Dictionary<string, object?> Parameters(RecordView record, params (string Name, object Value)[] others) =>
        new(others.Select(other => KeyValuePair.Create(other.Name, (object?)other.Value)))
        {
            ["Record"] = record, ["Links"] = MadeUpRecord.Links,
        };

    private static IEnumerable<string> Addresses(IDocument page) =>
        page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!);

    private static string AddressOf(string page) => page == "summary" ? MadeUpRecord.Links.Root : $"{MadeUpRecord.Links.Root}/{page}";

    private static bool Outside(IElement element) => new[] { "src", "href", "action" }
        .Select(element.GetAttribute)
        .Any(address => address is not null && !address.StartsWith('/') && !address.StartsWith('#'));
}
