using Canonbury.Server.Tests.Pages;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Browser;

/// <summary>Every page in Chromium: axe, keyboard, narrow screens, no scripts, and nothing from outside (WCAG 2.2 AA).</summary>
public sealed class PagesInABrowserTests : IAsyncLifetime
{
    private readonly PagesHost host = new();
    private IPlaywright? playwright;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Chromium.Missing, Chromium.Reason);
        await host.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (playwright is not null)
        {
            await browser.DisposeAsync();
            playwright.Dispose();
            await host.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(390, 844)]
    public async Task Axe_FindsNothingOnAnyPage(int width, int height)
    {
        await using Visitor visitor = await Visitor.ComeAsync(browser, host.Address, (width, height));
        List<string> found = [];
        await visitor.GoAsync("/sign-in");
        await CheckAsync(visitor, "sign-in", found);
        await visitor.GoAsync("/no-such-page");
        await CheckAsync(visitor, "not-found", found);
        await visitor.OpenRecordAsync(name => CheckAsync(visitor, name, found));
        foreach ((string name, string address) in await PagesAsync(visitor))
        {
            await visitor.GoAsync(address);
            await CheckAsync(visitor, name, found);
        }

        await visitor.SignInAsync("operations");
        foreach (string name in new[] { "feeds", "dead-letters", "unmapped-fields", "to-check", "quarantine" })
        {
            await visitor.GoAsync($"/operations/{name}");
            await CheckAsync(visitor, name, found);
        }

        Assert.Empty(found);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Keyboard_ReachesEverythingAndTheFocusIsSeen()
    {
        await using Visitor visitor = await Visitor.ComeAsync(browser, host.Address, Visitor.Desktop);
        await visitor.OpenRecordAsync();
        await visitor.GoAsync(Visitor.Record);

        await visitor.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await visitor.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()"));
        List<string> hidden = [];
        int links = await visitor.Page.Locator("main a").CountAsync();
        int reached = 0;
        for (int i = 0; i < 200 && reached < links; i++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            string state = await visitor.Page.EvaluateAsync<string>(FocusState);
            reached += state.StartsWith("main a", StringComparison.Ordinal) ? 1 : 0;
            if (!state.EndsWith("seen", StringComparison.Ordinal))
            {
                hidden.Add(state);
            }
        }

        Assert.Empty(hidden);
        Assert.Equal(links, reached);
    }

    [Fact]
    public async Task SkipLink_LeadsToTheMainPart()
    {
        await using Visitor visitor = await Visitor.ComeAsync(browser, host.Address, Visitor.Desktop);
        await visitor.GoAsync("/sign-in");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("maincontent", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Pages_AtTheWidthOfASmallPhone_DoNotScrollSideways()
    {
        await using Visitor visitor = await Visitor.ComeAsync(browser, host.Address, (320, 640));
        await visitor.OpenRecordAsync();
        List<string> wide = [];
        foreach ((string name, string address) in await PagesAsync(visitor))
        {
            await visitor.GoAsync(address);
            int over = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            if (over > 0)
            {
                wide.Add($"{name}: {over} pixels");
            }
        }

        await visitor.SignInAsync("operations");
        foreach (string name in new[] { "feeds", "dead-letters", "unmapped-fields", "to-check", "quarantine" })
        {
            await visitor.GoAsync($"/operations/{name}");
            await visitor.PictureAsync(name);
            int over = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            if (over > 0)
            {
                wide.Add($"{name}: {over} pixels");
            }
        }

        Assert.Empty(wide);
    }

    [Fact]
    public async Task WithoutScripts_TheJourneyWorks()
    {
        await using Visitor visitor = await Visitor.ComeAsync(browser, host.Address, Visitor.Phone, scripts: false);
        await visitor.OpenRecordAsync();
        await visitor.Page.ClickAsync(".record-menu-phone summary");
        await visitor.Page.ClickAsync(".record-menu-phone a:has-text('Results')");

        Assert.EndsWith("/results", visitor.Page.Url, StringComparison.Ordinal);
        Assert.Equal("Results", (await visitor.Page.Locator("h1").InnerTextAsync()).Trim());
    }

    [Fact]
    public async Task WithScripts_PagesOfOneRecordAreExchangedInPlaceAndBackWorks()
    {
        await using Visitor visitor = await Visitor.ComeAsync(browser, host.Address, Visitor.Desktop);
        await visitor.OpenRecordAsync();
        await visitor.Page.EvaluateAsync("document.documentElement.dataset.same = 'yes'");

        await visitor.Page.ClickAsync(".record-menu a:has-text('Medicines')");
        await visitor.Page.WaitForSelectorAsync("h1:has-text('Medicines')");
        Assert.Equal("yes", await visitor.Page.EvaluateAsync<string>("document.documentElement.dataset.same"));
        Assert.Equal("maincontent", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));

        await visitor.Page.GoBackAsync();
        await visitor.Page.WaitForSelectorAsync("h1:has-text('Summary')");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Banner_StaysInSightWhenThePageIsScrolled()
    {
        foreach ((int Width, int Height) screen in new[] { Visitor.Desktop, Visitor.Phone })
        {
            await using Visitor visitor = await Visitor.ComeAsync(browser, host.Address, screen);
            await visitor.OpenRecordAsync();
            await visitor.GoAsync($"{Visitor.Record}/timeline");
            await visitor.Page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");

            Assert.True(await visitor.Page.EvaluateAsync<bool>(
                "[document.querySelector('.banner-name').getBoundingClientRect()].every(box => box.top >= 0 && box.bottom <= innerHeight)"));
        }
    }

    // Where the focus is, and whether a reader sees it: it has a size, a mark that the style gives it, and nothing lies over it.
    private const string FocusState = """
        (() => {
          const element = document.activeElement;
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
          const top = document.elementFromPoint(box.left + Math.min(box.width, 10) / 2, box.top + box.height / 2);
          const covered = top && !element.contains(top) && !top.contains(element);
          const where = element.closest('main') ? 'main ' : '';
          const name = where + element.tagName.toLowerCase() + ' ' + element.textContent.trim().slice(0, 40) + ': ';
          return name + (
              box.width > 0 && marked && !covered ? 'seen' : `not seen (size ${box.width}, marked ${marked}, covered ${covered})`);
        })()
        """;

    /// <summary>Every page of the record that the menu and the first rows of its lists lead to.</summary>
    private static async Task<IReadOnlyList<(string Name, string Address)>> PagesAsync(Visitor visitor)
    {
        await visitor.GoAsync(Visitor.Record);
        string[] menu = await visitor.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.record-menu a')].map(link => link.getAttribute('href'))");
        await visitor.GoAsync($"{Visitor.Record}/results");
        string test = await visitor.Page.EvaluateAsync<string>(
            "[...document.querySelectorAll('td:last-child a')].find(link => link.textContent.startsWith('3')).getAttribute('href')");
        await visitor.GoAsync($"{Visitor.Record}/documents");
        string letter = (await visitor.Page.Locator("tbody a").First.GetAttributeAsync("href"))!;
        string NameOf(string address) => address.Length > Visitor.Record.Length ? address[(Visitor.Record.Length + 1)..] : "summary";
        return [.. menu.Select(address => (NameOf(address), address)), ("trend", test), ("letter", letter)];
    }

    private static async Task CheckAsync(Visitor visitor, string name, List<string> found)
    {
        await visitor.PictureAsync(name);
        AxeResult result = await visitor.Page.RunAxe();
        found.AddRange(result.Violations.Select(violation =>
            $"{name}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
    }
}
