using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Xunit;

namespace Canonbury.Database.Tests.Intake;

/// <summary>Design, section 4, duplicates: feed, control id and bytes together; never bytes alone, never an empty control id.</summary>
public sealed class DuplicatesTests
{
    [Theory, OnBothDatabases]
    public async Task SameFeedControlIdAndBytes_HaveOneEffect_AndAreAcknowledgedBothTimes(Engine engine)
    {
        await using Road road = Road.Open(engine);
        Assert.Equal(InboxReceipt.Stored, await road.ReceiveAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET")));
        Assert.Equal(InboxReceipt.Duplicate, await road.ReceiveAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET")));
        await road.ProcessAsync();
        Assert.Equal(InboxReceipt.Duplicate, await road.ReceiveAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET")));
        await road.ProcessAsync();

        Assert.Equal((0, 1, 0), Letters.StatesOf(road));
        Assert.Single(Letters.HomeOf(road).Messages);
        Assert.Equal((3, 0), road.Board.Feeds().Select(feed => (feed.Received, feed.Alarms)).Single());
    }

    [Theory, OnBothDatabases]
    public async Task TheSameMessage_FromManySendersAtOnce_IsStoredOnce(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await using Road other = road.Another();

        InboxReceipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? road : other).ReceiveAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET"))));

        Assert.Single(receipts, receipt => receipt == InboxReceipt.Stored);
        Assert.Equal((1, 0, 0), Letters.StatesOf(road));
    }

    [Theory, OnBothDatabases]
    public async Task SameControlIdWithOtherBytes_AreBothProcessed_AndAlarmed(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET"));
        Assert.Equal(InboxReceipt.Stored, await road.ReceiveAsync("pas", Letters.Update(2, "C1", "2 HIGH STREET")));
        await road.ProcessAsync();

        Assert.Equal((0, 2, 0), Letters.StatesOf(road));
        Assert.Equal("2 HIGH STREET", Letters.HomeOf(road).Street);
        Assert.Equal(1, road.Board.Feeds().Single().Alarms);
    }

    [Theory, OnBothDatabases]
    public async Task EmptyControlId_NeverMatches_AndNeverAlarms(Engine engine)
    {
        await using Road road = Road.Open(engine);
        foreach (string control in new[] { "", "", " ", " ", "\"\"", "\"\"" })
        {
            Assert.Equal(InboxReceipt.Stored, await road.ReceiveAsync("pas", Letters.Update(1, control, "1 HIGH STREET")));
        }

        await road.ReceiveAsync("pas", Letters.Update(2, "", "2 HIGH STREET"));
        await road.ProcessAsync();

        Assert.Equal((0, 7, 0), Letters.StatesOf(road));
        Assert.Equal(0, road.Board.Feeds().Single().Alarms);
    }

    [Theory, OnBothDatabases]
    public async Task EqualContentUnderAnotherControlId_IsNeverSuppressed_SoThatAbaEndsAtA(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", Letters.Update(1, "C1", "A STREET"));
        await road.SendAsync("pas", Letters.Update(2, "C2", "B STREET"));
        await road.SendAsync("pas", Letters.Update(3, "C3", "A STREET"));

        Assert.Equal("A STREET", Letters.HomeOf(road).Street);
        Assert.Equal(3, Letters.HomeOf(road).Messages.Count);
    }

    [Theory, OnBothDatabases]
    public async Task TheSameBytesOnAnotherFeed_AreAnotherMessage(Engine engine)
    {
        await using Road road = Road.Open(engine);
        byte[] bytes = Road.Bytes(Letters.Update(1, "C1", "1 HIGH STREET"));
        Feed first = new("one", new SourceId("pas"), Road.London), second = new("two", new SourceId("pas"), Road.London);

        Assert.Equal(InboxReceipt.Stored, await road.Inbox.ReceiveAsync(first, bytes, CancellationToken.None));
        Assert.Equal(InboxReceipt.Stored, await road.Inbox.ReceiveAsync(second, bytes, CancellationToken.None));
    }

    // Rule 1: the bytes are kept as they came, whatever they are.
    [Theory, OnBothDatabases]
    public async Task AnyBytes_AreKeptAsTheyCame(Engine engine)
    {
        await using Road road = Road.Open(engine);
        byte[][] sent = [[], [0], [.. "no message"u8], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], Road.Bytes(Letters.Update(1, "C\01", "1 HIGH STREET\0"))];
        foreach (byte[] bytes in sent)
        {
            Assert.Equal(InboxReceipt.Stored, await road.Inbox.ReceiveAsync(Road.FeedOf("pas"), bytes, CancellationToken.None));
        }

        List<byte[]> kept = road.Query("SELECT raw FROM message ORDER BY id", row => Canonbury.Database.Content.Envelope.Unwrap(row.Bytes(0)));
        Assert.Equal(sent, kept);

        // What is no message is a dead letter that says so; nothing stops.
        await road.ProcessAsync();
        Assert.Equal((0, 1, 4), Letters.StatesOf(road));
    }
}
