using AngleSharp.Dom;
using Canonbury.Database;
using Canonbury.Database.Tests;
using Canonbury.EndToEnd.Tests.Mllp;
using Canonbury.Server.Tests.Pages;
using Xunit;
using Reader = Canonbury.Server.Tests.Pages.Browser;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>The whole road: an admission's ADT and a laboratory's ORU come in by MLLP, and a GP reads the result on the page, with its source.</summary>
public sealed class SocketToPageTests
{
    [Theory]
    [OnBothDatabases]
    public async Task AdtAndOru_FromTheSocket_AreOnThePageOfTheOnePersonWithTheirSource(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        await using ServerProcess server = await ServerProcess.StartAsync(test.Options, test.Options.Folder, demoAccounts: true);
        PatientStory story = new(41);
        PatientStory another = new(42);
        await using (MllpClient sender = await MllpClient.ConnectAsync(server.MllpPort))
        {
            foreach (string message in new[] { story.Message(0), story.Message(2), another.Message(0), another.Message(4) })
            {
                Assert.Equal("AA", (await sender.ExchangeAsync(message)).Code);
            }
        }

        Assert.True(await new RecordCheck(test.Database).InboxIsEmptyAsync(TimeSpan.FromSeconds(10)), "Messages still wait in the inbox.");

        using Reader browser = new(server.Url);
        IDocument find = await browser.SignInAsync("gp");
        Assert.Equal("/find-person", browser.Path);
        IDocument hits = await browser.SendAsync(find, "/find-person", ("text", story.NhsNumber), ("day", ""), ("month", ""), ("year", ""));
        IElement hit = Assert.Single(hits.QuerySelectorAll("tbody tr"));
        Assert.Contains(story.NhsNumber[6..], hit.Words(), StringComparison.Ordinal);

        IDocument confirm = await browser.GetAsync(hit.QuerySelector("a.hit-name")!.GetAttribute("href")!);
        IDocument record = await browser.SendAsync(confirm, "/confirm-identity", ("reason", "Direct care: referral, admission or discharge"), ("more", ""));
        Assert.StartsWith("/record/", browser.Path, StringComparison.Ordinal);
        Assert.Contains("PATIENTEB", record.QuerySelector(".banner-name").Words(), StringComparison.OrdinalIgnoreCase);

        IDocument results = await browser.GetAsync(browser.Path + "/results");
        string words = results.QuerySelector("main").Words();
        Assert.Contains("Potassium", words, StringComparison.Ordinal);
        Assert.Contains($"{PatientStory.Value(2)} mmol/L", words, StringComparison.Ordinal);
        Assert.Contains("PAS, RXX", words, StringComparison.Ordinal);
        Assert.DoesNotContain(PatientStory.Value(4), words, StringComparison.Ordinal);

        IDocument item = await browser.GetAsync(results.QuerySelectorAll("main a").First(link => link.Words().Contains("Potassium", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Contains("PAS, RXX", item.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Contains(PatientStory.Value(2), item.QuerySelector("main").Words(), StringComparison.Ordinal);
    }
}
