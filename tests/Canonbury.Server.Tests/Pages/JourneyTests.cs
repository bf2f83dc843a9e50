using System.Net;
using AngleSharp.Dom;
using Canonbury.Server.Web.Security;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>The journeys of issue 2 over HTTP, without any script: sign in, find, confirm, open, read; and who may not.</summary>
public sealed class JourneyTests(PagesHost host) : IClassFixture<PagesHost>, IDisposable
{
    private readonly Browser browser = new(host.Address);

    private static string Record => $"/record/{PagesHost.Person}";

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task Professional_FindsConfirmsWithAReasonAndOpens()
    {
        IDocument find = await browser.SignInAsync("gp");
        Assert.Equal("/find-person", browser.Path);

        IDocument hits = await browser.SendAsync(find, "/find-person", ("text", "okafor"), ("day", ""), ("month", ""), ("year", ""));
        Assert.Contains("29 Feb 1952 (72 years)", hits.QuerySelector("tbody tr").Words(), StringComparison.Ordinal);
        Assert.Contains("H0012345 (Northern Hospital PAS)", hits.QuerySelector("tbody tr").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("okafor", browser.Path, StringComparison.OrdinalIgnoreCase);

        IDocument confirm = await browser.GetAsync(hits.QuerySelector("a.hit-name")!.GetAttribute("href")!);
        Assert.Contains("29 February 1952 (72 years)", confirm.QuerySelector(".facts").Words(), StringComparison.Ordinal);
        IDocument again = await browser.SendAsync(confirm, "/confirm-identity", ("more", ""));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Last.StatusCode);
        Assert.Contains("You have not said why", again.QuerySelector(".nhsuk-error-summary").Words(), StringComparison.Ordinal);

        IDocument record =
            await browser.SendAsync(again, "/confirm-identity", ("reason", "Direct care: referral, admission or discharge"), ("more", ""));
        Assert.Equal(Record, browser.Path);
        Assert.Contains("OKAFOR", record.QuerySelector(".banner-name").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryPageOfARecord_OpensWithoutScriptsAndIsNotKept()
    {
        await OpenAsync();
        IDocument summary = await browser.GetAsync(Record);
        string[] addresses =
            [.. summary.QuerySelectorAll("nav.record-menu a, .summary a").Select(link => link.GetAttribute("href")!).Distinct()];
        Assert.True(addresses.Length > 20);

        foreach (string address in addresses)
        {
            IDocument page = await browser.GetAsync(address);
            Assert.True(HttpStatusCode.OK == browser.Last.StatusCode, address);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.True(browser.Last.Headers.CacheControl?.NoStore, address);
            Assert.Equal(PageHeaders.ContentSecurityPolicy, browser.Last.Headers.GetValues("Content-Security-Policy").Single());
        }
    }

    [Fact]
    public async Task Document_IsShownInPlaceAsEscapedText()
    {
        await OpenAsync();
        IDocument documents = await browser.GetAsync($"{Record}/documents");
        string address = documents.QuerySelector("tbody a")!.GetAttribute("href")!;
        IDocument letter = await browser.GetAsync(address);

        Assert.Equal(PagesHost.Letter, letter.QuerySelector(".document-text")!.TextContent);
        await browser.GetAsync($"{address}/documents/0");
        Assert.Equal("text/plain; charset=utf-8", browser.Last.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Timeline_FilterIsSentByFormAndStaysOutOfTheAddress()
    {
        IDocument summary = await OpenAsync();
        IDocument found = await browser.SendAsync(summary, $"{Record}/timeline", ("text", "metformin"));

        Assert.DoesNotContain("metformin", browser.Path, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Metformin 500 mg tablets", Assert.Single(found.QuerySelectorAll(".timeline li a")).Words());
    }

    [Fact]
    public async Task Record_WithoutAReason_AsksToFindThePersonFirst()
    {
        await browser.SignInAsync("nurse");
        await browser.GetAsync($"{Record}/results");

        Assert.Equal("/find-person?again=true", browser.Path);
    }

    [Fact]
    public async Task Reason_HoldsForTheSessionAndForThatPersonOnly()
    {
        IDocument page = await OpenAsync();
        await browser.GetAsync("/record/018f0000-0000-7000-8000-00000000ffff");
        Assert.Equal("/find-person?again=true", browser.Path);

        await browser.SendAsync(page, "/sign-out");
        await browser.SignInAsync("gp");
        await browser.GetAsync(Record);
        Assert.Equal("/find-person?again=true", browser.Path);
    }

    [Theory]
    [InlineData("/find-person")]
    [InlineData("/my-record")]
    [InlineData("/operations/feeds")]
    [InlineData("/operations/dead-letters")]
    public async Task WhoIsNotSignedIn_IsSentToSignIn(string path)
    {
        await browser.GetAsync(path);

        Assert.StartsWith("/sign-in?back=", browser.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operations", "/find-person")]
    [InlineData("resident", "/find-person")]
    [InlineData("resident", "/operations/feeds")]
    [InlineData("gp", "/operations/feeds")]
    [InlineData("gp", "/my-record")]
    [InlineData("steward", "/operations/dead-letters")]
    public async Task ARoleThatMayNot_ReadsWhyInPlainWords(string account, string path)
    {
        await browser.SignInAsync(account);
        IDocument page = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, browser.Last.StatusCode);
        Assert.Equal("You cannot open this", page.QuerySelector("h1").Words());
    }

    [Fact]
    public async Task Resident_ReadsTheOwnRecordWithoutAlertsOrAReason()
    {
        IDocument page = await browser.SignInAsync("resident");

        Assert.Equal("/my-record", browser.Path);
        Assert.Contains("OKAFOR", page.QuerySelector(".banner-name").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("key safe", page.Body.Words(), StringComparison.Ordinal);
        await browser.GetAsync(Record);
        Assert.Equal(HttpStatusCode.OK, browser.Last.StatusCode);
    }

    [Fact]
    public async Task Steward_SeesIdentityAndNothingElse()
    {
        IDocument page = await OpenAsync("steward");

        Assert.DoesNotContain("Metformin", page.Body.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Penicillin", page.Body.Words(), StringComparison.Ordinal);
        Assert.Contains("Nothing is available to you", page.Body.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/find-person")]
    [InlineData("/operations/dead-letters")]
    public async Task Form_WithoutItsToken_IsRefused(string path)
    {
        await browser.SignInAsync("operations");
        int before = host.Replayed.Count;

        Assert.Equal(HttpStatusCode.BadRequest, await browser.PostWithoutTokenAsync(path, ("name", "gp"), ("all", "true")));
        Assert.Equal(before, host.Replayed.Count);
    }

    [Fact]
    public async Task Operations_ReplaysOneOrAllDeadLetters()
    {
        await browser.SignInAsync("operations");
        IDocument page = await browser.GetAsync("/operations/dead-letters");
        page = await browser.SendAsync(page, "/operations/dead-letters", ("key", "7/a"));
        Assert.Contains("1 message put back", page.Body.Words(), StringComparison.Ordinal);
        await browser.SendAsync(page, "/operations/dead-letters", ("all", "true"));

        Assert.Equal(["7/a"], host.Replayed[0]!);
        Assert.Null(host.Replayed[1]);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        IDocument page = await browser.SignInAsync("gp");
        await browser.SendAsync(page, "/sign-out");
        await browser.GetAsync("/find-person");

        Assert.StartsWith("/sign-in", browser.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//elsewhere.example/x")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public void SignIn_NeverSendsToAnotherSite(string back) => Assert.Equal("/", LocalAddress.OrHome(back));

    [Fact]
    public async Task UnknownAddress_IsAPageInPlainWords()
    {
        IDocument page = await browser.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, browser.Last.StatusCode);
        Assert.Equal("Page not found", page.QuerySelector("h1").Words());
    }

    [Fact]
    public async Task Assets_AreKeptForEverAndPointNowhereOutside()
    {
        IDocument page = await browser.GetAsync("/sign-in");
        foreach (string address in page.QuerySelectorAll("link[href], script[src]").Select(
            element => element.GetAttribute("href") ?? element.GetAttribute("src")!))
        {
            await browser.GetAsync(address);
            Assert.True(HttpStatusCode.OK == browser.Last.StatusCode, address);
            Assert.Contains("immutable", browser.Last.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            string body = await browser.Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain("url(http", body, StringComparison.Ordinal);
            Assert.DoesNotContain("@font-face", body, StringComparison.Ordinal);
        }
    }

    private async Task<IDocument> OpenAsync(string account = "gp")
    {
        IDocument find = await browser.SignInAsync(account);
        IDocument hits = await browser.SendAsync(find, "/find-person", ("text", "okafor"), ("day", ""), ("month", ""), ("year", ""));
        IDocument confirm = await browser.GetAsync(hits.QuerySelector("a.hit-name")!.GetAttribute("href")!);
        return await browser.SendAsync(
            confirm, "/confirm-identity", ("reason", "Direct care: referral, admission or discharge"), ("more", ""));
    }
}
