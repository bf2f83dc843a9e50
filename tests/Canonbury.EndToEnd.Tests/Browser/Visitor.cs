using Canonbury.Access.Callers;
using Canonbury.Server.Tests.Pages;
using Microsoft.Playwright;

namespace Canonbury.EndToEnd.Tests.Browser;

/// <summary>Someone at a browser: one context of Chromium with a screen of some size, and what it complained about.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>A laptop on a ward, and a phone.</summary>
    public static readonly (int Width, int Height) Desktop = (1280, 900);

    public static readonly (int Width, int Height) Phone = (390, 844);

    private readonly IBrowserContext context;
    private readonly Uri address;

    private Visitor(IBrowserContext context, IPage page, Uri address)
    {
        this.context = context;
        this.address = address;
        Page = page;
        page.Console += (_, message) =>
        {
            // A refusal that the test asks for is no complaint; a blocked script or style is.
            if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            // Chromium's own reader of PDF documents asks itself for its parts.
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("chrome", StringComparison.Ordinal))
            {
                Complaints.Add($"asked for {new Uri(request.Url).Host}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, violations of the content security policy, and requests to other hosts.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Visitor> ComeAsync(IBrowser browser, Uri address, (int Width, int Height) screen, bool scripts = true)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = scripts,
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        // A test machine may have many things to do at once.
        context.SetDefaultTimeout(120_000);
        return new Visitor(context, await context.NewPageAsync(), address);
    }

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(address, path).ToString());

    public async Task SignInAsync(string account)
    {
        await GoAsync("/sign-in");
        await Page.FillAsync("#name", account);
        await Page.FillAsync("#password", DemoAccounts.Password);
        await Page.ClickAsync("main button[type=submit]");
    }

    /// <summary>From the sign-in page to the summary of a person, as a professional goes.</summary>
    /// <param name="look">Looks at each page on the way.</param>
    /// <param name="find">What the person is found by; the made-up one by default.</param>
    public async Task OpenRecordAsync(Func<string, Task>? look = null, string find = "okafor")
    {
        look ??= _ => Task.CompletedTask;
        await SignInAsync("gp");
        await look("find-person");
        await Page.ClickAsync("main button[type=submit]");
        await look("find-person-error");
        await Page.FillAsync("#text", find);
        await Page.ClickAsync("main button[type=submit]");
        await look("people-found");
        await Page.ClickAsync("a.hit-name");
        await look("confirm-identity");
        await Page.ClickAsync("main button[type=submit]");
        await look("confirm-identity-error");
        await Page.CheckAsync("#reason");
        await Page.ClickAsync("main button[type=submit]");
        await Page.WaitForSelectorAsync(".banner-name");
    }

    public static string Record => $"/record/{PagesHost.Person}";

    /// <summary>Keeps a picture of the page in the folder that CANONBURY_SCREENSHOTS names, for people to look at.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("CANONBURY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"{name}-{Page.ViewportSize!.Width}.png"),
                FullPage = true,
            });
        }
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
