using AngleSharp.Dom;
using Canonbury.Server.Tests.Pages;
using Xunit;

namespace Canonbury.Server.Tests.Road;

/// <summary>A professional who has found a person by NHS number, confirmed who it is, said why, and now reads.</summary>
public sealed class RecordVisit : IDisposable
{
    private readonly Browser browser;

    private RecordVisit(Browser browser, string root, IDocument summary)
    {
        this.browser = browser;
        Root = root;
        Summary = summary;
    }

    /// <summary>The address of the record.</summary>
    public string Root { get; }

    public IDocument Summary { get; }

    /// <summary>What came with the last page.</summary>
    public HttpResponseMessage Last => browser.Last;

    /// <param name="which">Which of the people found, from 0.</param>
    public static async Task<RecordVisit> OpenAsync(Uri server, string nhsNumber, string account = "gp", int which = 0)
    {
        Browser browser = new(server);
        IDocument hits = await browser.SendAsync(await browser.SignInAsync(account), "/find-person", ("text", nhsNumber), ("day", ""), ("month", ""), ("year", ""));
        IDocument confirm = await browser.GetAsync(hits.QuerySelectorAll("a.hit-name")[which].GetAttribute("href")!);
        IDocument summary = await browser.SendAsync(confirm, "/confirm-identity", ("reason", "Direct care: the person is with me or on my list now"), ("more", ""));
        return new RecordVisit(browser, browser.Path, summary);
    }

    /// <summary>The resident, whose record needs no finding.</summary>
    public static async Task<RecordVisit> OpenOwnAsync(Uri server)
    {
        Browser browser = new(server);
        IDocument summary = await browser.SignInAsync("resident");
        return new RecordVisit(browser, browser.Path, summary);
    }

    /// <summary>A page of the record: its part after the root, or an address that a page gave.</summary>
    public async Task<IDocument> GoAsync(string page)
    {
        IDocument document = await browser.GetAsync(page.StartsWith('/') ? page : $"{Root}/{page}");
        Assert.True(browser.Last.IsSuccessStatusCode, $"{page}: {browser.Last.StatusCode}");
        return document;
    }

    public Task<IDocument> FilterAsync(IDocument timeline, params (string Name, string Value)[] fields) => browser.SendAsync(timeline, $"{Root}/timeline", fields);

    /// <summary>The addresses that the menu of sections leads to.</summary>
    public IReadOnlyList<string> Menu() => [.. Summary.QuerySelectorAll("nav.record-menu a").Select(link => link.GetAttribute("href")!)];

    public void Dispose() => browser.Dispose();
}
