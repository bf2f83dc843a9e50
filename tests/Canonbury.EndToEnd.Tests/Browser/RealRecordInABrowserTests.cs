using Canonbury.Server.Tests.Road;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Browser;

/// <summary>The record of a person whom six systems know, sent to the whole server, in Chromium (features D3, D4, D5, D8; WCAG 2.2 AA).</summary>
public sealed class RealRecordInABrowserTests(RealRecordInABrowserTests.Ward ward) : IClassFixture<RealRecordInABrowserTests.Ward>
{
    [Fact]
    public async Task Summary_StandsOnOneScreenOfALaptop_WithTheBannerAboveIt()
    {
        await using Visitor visitor = await OpenAsync(Visitor.Desktop);

        string[] below = await visitor.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.banner, .summary-card')].filter(part => part.getBoundingClientRect().bottom > innerHeight).map(part => part.innerText)");

        Assert.Equal(12, await visitor.Page.Locator(".summary-card").CountAsync());
        Assert.Empty(below);
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(390, 844)]
    public async Task Axe_FindsNothingOnAnyPageOfARealRecord(int width, int height)
    {
        await using Visitor visitor = await OpenAsync((width, height));
        List<string> found = [];
        foreach ((string name, string address) in await PagesAsync(visitor))
        {
            await visitor.GoAsync(address);
            await visitor.PictureAsync($"real-{name}");
            AxeResult result = await visitor.Page.RunAxe();
            found.AddRange(result.Violations.Select(violation =>
                $"{name}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        }

        Assert.Empty(found);
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task NoPageOfARealRecord_ScrollsSideways(int width)
    {
        await using Visitor visitor = await OpenAsync((width, 800));
        List<string> wide = [];
        foreach ((string name, string address) in await PagesAsync(visitor))
        {
            await visitor.GoAsync(address);
            await visitor.PictureAsync($"real-{name}");
            int over = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            if (over > 0)
            {
                wide.Add($"{name}: {over} pixels");
            }
        }

        Assert.Empty(wide);
    }

    [Fact]
    public async Task WithoutScripts_ALetterOpensInItsPlace_AndTheTimelineIsSearched()
    {
        await using Visitor visitor = await OpenAsync(Visitor.Phone, scripts: false);
        string root = new Uri(visitor.Page.Url).AbsolutePath;
        await visitor.GoAsync($"{root}/documents");
        await visitor.Page.ClickAsync("tbody a:has-text('Clinic letter')");
        Assert.Contains("Angina is controlled. No change.", await visitor.Page.Locator(".document-text").InnerTextAsync(), StringComparison.Ordinal);

        await visitor.GoAsync(root);
        await visitor.Page.FillAsync("#summary-text", "anaphylaxis");
        await visitor.Page.ClickAsync(".summary-search button");
        Assert.Equal("Allergy to amoxicillin", (await visitor.Page.Locator(".timeline a").InnerTextAsync()).Trim());
    }

    [Fact]
    public async Task Keyboard_OpensAResultFromTheSummaryInTwoSteps()
    {
        await using Visitor visitor = await OpenAsync(Visitor.Desktop);
        await visitor.Page.FocusAsync(".summary-card h2 a:has-text('Results')");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForSelectorAsync("h1:has-text('Results')");
        await visitor.Page.FocusAsync("a:has-text('3 results')");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Page.WaitForSelectorAsync("h1:has-text('Haemoglobin')");
        Assert.Equal(3, await visitor.Page.Locator("svg .chart-point").CountAsync());
        Assert.Equal(2, await visitor.Page.Locator("table .mark--low").CountAsync());
        Assert.Empty(visitor.Complaints);
    }

    private async Task<Visitor> OpenAsync((int Width, int Height) screen, bool scripts = true)
    {
        Assert.SkipWhen(Chromium.Missing, Chromium.Reason);
        Visitor visitor = await Visitor.ComeAsync(ward.Browser, ward.Record.Address, screen, scripts);
        await visitor.OpenRecordAsync(find: GraceAdeyemi.NhsNumber);
        return visitor;
    }

    /// <summary>Every page of the menu, and one of each kind behind it: a trend, a report, a letter as text and as PDF, an item with versions.</summary>
    private static async Task<IReadOnlyList<(string Name, string Address)>> PagesAsync(Visitor visitor)
    {
        string root = new Uri(visitor.Page.Url).AbsolutePath;
        string[] menu = await visitor.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.record-menu a')].map(link => link.getAttribute('href'))");
        List<(string, string)> pages = [.. menu.Select(address => (address.Length > root.Length ? address[(root.Length + 1)..] : "summary", address))];
        (string Name, string Section, string Link)[] behind =
        [
            ("trend", "results", "a:has-text('3 results')"), ("result", "results", "tbody a:has-text('Haemoglobin')"),
            ("report", "results", "a:has-text('Full blood count')"), ("letter", "documents", "tbody a:has-text('Clinic letter')"),
            ("pdf", "documents", "tbody a:has-text('Discharge summary')"), ("stay", "contacts-and-stays", "tbody a:has-text('Hospital stay')"),
            ("medicine", "medicines", "tbody a"),
        ];
        foreach ((string name, string section, string link) in behind)
        {
            await visitor.GoAsync($"{root}/{section}");
            pages.Add((name, (await visitor.Page.Locator(link).First.GetAttributeAsync("href"))!));
        }

        return pages;
    }

    /// <summary>One server with the record and one Chromium, for all tests of the class.</summary>
    public sealed class Ward : IAsyncLifetime
    {
        private IPlaywright? playwright;

        public RealRecord Record { get; } = new();

        public IBrowser Browser { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (!Chromium.Missing)
            {
                await Record.InitializeAsync();
                playwright = await Playwright.CreateAsync();
                Browser = await Chromium.LaunchAsync(playwright);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (playwright is not null)
            {
                await Browser.DisposeAsync();
                playwright.Dispose();
                await Record.DisposeAsync();
            }
        }
    }
}
