using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>A browser without scripts: follows links, fills forms with the tokens that they carry, keeps cookies.</summary>
public sealed class Browser(Uri address) : IDisposable
{
    private readonly HttpClient client =
        new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = address };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpResponseMessage Last { get; private set; } = new();

    /// <summary>Where the last answer came from.</summary>
    public string Path => Last.RequestMessage!.RequestUri!.PathAndQuery;

    public async Task<IDocument> GetAsync(string path) =>
        await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation));

    /// <summary>Sends the form of a page whose action begins with <paramref name="action"/>, with these values in its fields.</summary>
    public async Task<IDocument> SendAsync(IDocument page, string action, params (string Name, string Value)[] values)
    {
        IElement form =
            page.QuerySelectorAll("form").First(form => form.GetAttribute("action")!.StartsWith(action, StringComparison.Ordinal));
        IEnumerable<KeyValuePair<string, string>> hidden = form.QuerySelectorAll("input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
        using FormUrlEncodedContent content = new(hidden.Concat(values.Select(value => KeyValuePair.Create(value.Name, value.Value))));
        return await ReadAsync(await client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), content, Cancellation));
    }

    public async Task<HttpStatusCode> PostWithoutTokenAsync(string path, params (string Name, string Value)[] values)
    {
        using FormUrlEncodedContent content = new(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        await ReadAsync(await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation));
        return Last.StatusCode;
    }

    public async Task<IDocument> SignInAsync(string account) =>
        await SendAsync(await GetAsync("/sign-in"), "/sign-in", ("name", account), ("password", Access.Callers.DemoAccounts.Password));

    public void Dispose()
    {
        Last.Dispose();
        client.Dispose();
    }

    private async Task<IDocument> ReadAsync(HttpResponseMessage response)
    {
        Last.Dispose();
        Last = response;
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync(Cancellation));
    }
}
