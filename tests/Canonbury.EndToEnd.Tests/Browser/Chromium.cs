using Microsoft.Playwright;

namespace Canonbury.EndToEnd.Tests.Browser;

/// <summary>The Chromium of the machine, without a window; nothing is downloaded.</summary>
public static class Chromium
{
    public const string Reason = "Chromium is not installed: install it, or name its program in CANONBURY_CHROMIUM.";

    private static readonly string? Program = new[]
    {
        Environment.GetEnvironmentVariable("CANONBURY_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    }.FirstOrDefault(File.Exists);

    public static bool Missing => Program is null;

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Program,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
}
