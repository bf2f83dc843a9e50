using System.Text;
using AngleSharp.Dom;
using Canonbury.Access.Callers;
using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources;
using Canonbury.Server.Tests.Api;
using Canonbury.Server.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Operations;

/// <summary>What operations see of messages that came in by the real inbox: nothing is lost, and nothing stays unsaid.</summary>
public sealed class OperationsTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static readonly Feed Feed = new("test-feed", new SourceId("test-pas"), TimeZoneInfo.Utc);

    // Feature B1: on every way in (HL7 v2 by the inbox, FHIR by the API), and into the queue of what has to be checked.
    [Fact]
    public async Task NhsNumber_ThatFailsItsCheck_IsQueuedOnEveryWayIn_AndRefusesNothing()
    {
        await ReceiveAsync(Adt("B1-1", "PID|1||B1^^^PAS^MR~9990000019^^^NHS^NH||TESTER^BEA||19700101|F\r"));
        HttpResponseMessage pushed = await server.SendAsync(
            "PUT", "/fhir/Patient/b1-fhir",
            """{"resourceType":"Patient","id":"b1-fhir","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000019"}],"name":[{"family":"Tester"}]}""");

        Assert.True(pushed.IsSuccessStatusCode, $"{pushed.StatusCode}");
        using Browser browser = await OperationsAsync();
        string page = (await browser.GetAsync("/operations/to-check")).Body!.TextContent;
        Assert.Contains("PAS, TEST", page, StringComparison.Ordinal);
        Assert.Contains("kept-one", page, StringComparison.Ordinal);
        Assert.Contains("nhs-number-invalid", page, StringComparison.Ordinal);
        Assert.DoesNotContain("9990000019", page, StringComparison.Ordinal);
    }

    // Feature A11.
    [Fact]
    public async Task Message_KeepsItsBytes_AndEachFieldThatNoMapUsedIsCountedAndListed()
    {
        string sent = Adt("A11-1", "PID|1||A11^^^PAS^MR||TESTER^ANN||19700101|F\rZXX|1|a local thing|another\r");
        await ReceiveAsync(sent);
        await ReceiveAsync(Adt("A11-2", "PID|1||A11^^^PAS^MR||TESTER^ANN||19700101|F\rZXX|1|a local thing\r"));

        using Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open();
        byte[] kept = session.Query("SELECT raw FROM message WHERE control_id = 'A11-1'", row => Envelope.Unwrap(row.Bytes(0))).Single();
        Assert.Equal(sent, Encoding.ASCII.GetString(kept));

        using Browser browser = await OperationsAsync();
        string[] rows = [.. (await browser.GetAsync("/operations/unmapped-fields")).QuerySelectorAll("tbody tr")
            .Select(row => string.Join("; ", row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())))];
        Assert.Contains("Source PAS, TEST; Event ADT^A08; Field ZXX-2; Times 2; Messages 2", rows);
        Assert.Contains("Source PAS, TEST; Event ADT^A08; Field ZXX-3; Times 1; Messages 1", rows);
    }

    [Fact]
    public async Task DeadLetter_SaysWhereAndWhy_AndIsReplayedFromThePage()
    {
        await ReceiveAsync("MSH|^~\\&|PAS|TEST|||20260101120000||ADT^A99|DEAD-1|P|2.4\rPID|1||D1^^^PAS^MR||TESTER^DEE\r");
        using Browser browser = await OperationsAsync();
        IDocument page = await browser.GetAsync("/operations/dead-letters");
        string row = page.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("ADT^A99", StringComparison.Ordinal)).TextContent;
        Assert.Contains("MSH-9", row, StringComparison.Ordinal);
        Assert.Contains("event-not-supported", row, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTER", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);

        string key = page.QuerySelectorAll("input[name=key]").Select(box => box.GetAttribute("value")!).First();
        IDocument after = await browser.SendAsync(page, "/operations/dead-letters", ("key", key));
        Assert.Contains("1 message put back", after.Body!.TextContent, StringComparison.Ordinal);
        await SettledAsync();
        using Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open();
        Assert.Equal((2, 2), session.Query("SELECT state, attempts FROM message WHERE control_id = 'DEAD-1'", row => (row.Int(0), row.Int(1))).Single());
    }

    // Feature M3, hazard 5: silence is alarmed, not only an error.
    [Fact]
    public async Task SourceThatFallsSilent_IsLateInTheMetrics()
    {
        await ReceiveAsync(Adt("M3-1", "PID|1||M3^^^PAS^MR||TESTER^MO||19700101|F\r"));
        using (Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open())
        {
            session.Execute("UPDATE feed_count SET last_received_at = $1 WHERE source = 'test-pas'", TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(2));
        }

        server.Rooms.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<SilenceWatch>().Single().Look();
        string metrics = await server.Nobody.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains(metrics.Split('\n'), line =>
            line.StartsWith("canonbury_source_late{", StringComparison.Ordinal) && line.Contains("source=\"test-pas\"", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Contains("canonbury_intake_waiting", metrics, StringComparison.Ordinal);
        Assert.Contains("canonbury_intake_visible_duration_seconds_bucket", metrics, StringComparison.Ordinal);

        using Browser browser = await OperationsAsync();
        IElement row = (await browser.GetAsync("/operations/feeds")).QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("test-pas", StringComparison.Ordinal));
        Assert.Contains("Late", row.TextContent, StringComparison.Ordinal);
    }

    private static string Adt(string control, string rest) => $"MSH|^~\\&|PAS|TEST|||20260101120000||ADT^A08^ADT_A01|{control}|P|2.4\r{rest}";

    private async Task ReceiveAsync(string message)
    {
        ReceiveMessage receive = server.Rooms.GetRequiredService<ReceiveMessage>();
        Assert.Equal(InboxReceipt.Stored, await receive(Feed, Encoding.ASCII.GetBytes(message), TestContext.Current.CancellationToken));
        await SettledAsync();
    }

    private async Task SettledAsync()
    {
        FeedBoard board = server.Rooms.GetRequiredService<FeedBoard>();
        for (int i = 0; board.Feeds().Sum(feed => feed.Waiting) > 0; i++)
        {
            Assert.True(i < 500, "The pipeline does not come to an end.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private async Task<Browser> OperationsAsync()
    {
        await server.Rooms.GetRequiredService<Accounts>().AddDemoAccountsAsync(resident: null);
        Browser browser = new(server.Nobody.BaseAddress!);
        await browser.SignInAsync("operations");
        return browser;
    }
}
