using Canonbury.Intake.Inbox;
using Xunit;

namespace Canonbury.Database.Tests.Intake;

public sealed class PipelineServiceTests
{
    [Theory, OnBothDatabases]
    public async Task MessagesOfABucket_AreWorkedOnInTheOrderInWhichTheyWereStored(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.ServeAsync(() => ReceiveAsync(road, 1, 400));

        AssertInOrder(road, 400);
    }

    // What does not fit into memory waits in the inbox and is read from it, in its place.
    [Theory, OnBothDatabases]
    public async Task MessagesThatDoNotFitIntoMemory_AreReadFromTheInboxInOrder(Engine engine)
    {
        foreach (long room in new long[] { 0, 700, 5_000 })
        {
            await using Road road = Road.Open(engine, queueBytes: room);
            await road.ServeAsync(() => ReceiveAsync(road, 1, 150));
            AssertInOrder(road, 150);
        }
    }

    [Theory, OnBothDatabases]
    public async Task MessagesThatAnotherProcessStored_ArePickedUp(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await using Road ingest = road.Another();
        await road.ServeAsync(() => ReceiveAsync(ingest, 1, 100));

        AssertInOrder(road, 100);
    }

    [Theory, OnBothDatabases]
    public async Task WhatWaitsAtAStop_IsPickedUpAfterTheRestart(Engine engine)
    {
        await using Road before = Road.Open(engine);
        await before.Service.StartAsync(CancellationToken.None);
        await ReceiveAsync(before, 1, 60);
        await before.Service.StopAsync(CancellationToken.None);
        await ReceiveAsync(before, 61, 120);

        await using Road after = before.Another();
        await after.ServeAsync();

        AssertInOrder(after, 120);
    }

    [Theory, OnBothDatabases]
    public async Task TwoProcesses_ShareTheBuckets_AndLoseNothing(Engine engine)
    {
        await using Road one = Road.Open(engine);
        await using Road two = one.Another();
        await two.Service.StartAsync(CancellationToken.None);
        await one.ServeAsync(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 120).Select(i => (i % 2 == 0 ? one : two).ReceiveAsync(
                "pas", $@"MSH|^~\&|PAS|SITE|C|B|2026030109{i % 60:D2}||ADT^A08|C{i}|P|2.4", $"PID|1||P{i % 40}^^^SITE^MR||SAMPLE^ANN|||||{i} HIGH STREET")));
        });
        await two.Service.StopAsync(CancellationToken.None);

        Assert.Equal((0, 120, 0), Letters.StatesOf(one));
        Assert.Equal(40, one.Query("SELECT count(*) FROM patient", row => row.Int(0))[0]);
        Assert.All(one.Query("SELECT attempts FROM message", row => row.Int(0)), attempts => Assert.Equal(1, attempts));
    }

    [Theory, OnBothDatabases]
    public async Task LargeMessages_AreReadAFewAtATime(Engine engine)
    {
        await using Road road = Road.Open(engine);
        Random random = new(1);
        for (int i = 0; i < 6; i++)
        {
            char[] noise = [.. Enumerable.Range(0, 2_000_000).Select(_ => (char)random.Next('A', 'Z'))];
            await road.ReceiveAsync("pas", [.. Letters.Update(i, "C" + i, i + " HIGH STREET"), "ZZZ|" + new string(noise)]);
        }

        using (Session session = road.Test.Database.Open())
        {
            WaitingMessages first = MessageTable.Waiting(session, Letters.Ann.Bucket, 32);
            Assert.InRange(first.Messages.Count, 1, 5);
            Assert.True(first.More);
            Assert.Equal(first.Messages.Select(message => message.Id).Order(), first.Messages.Select(message => message.Id));
        }

        await road.ServeAsync();
        AssertInOrder(road, 6);
    }

    private static async Task ReceiveAsync(Road road, int from, int to) => await Task.WhenAll(
        Enumerable.Range(from, to - from + 1).Select(i => road.ReceiveAsync("pas", Letters.Update(i, "C" + i, i + " HIGH STREET"))));

    /// <summary>
    /// Each message is newer by the source's time than the one before: so each made a version of its own if they were worked on in order, and fewer if not.
    /// </summary>
    private static void AssertInOrder(Road road, int messages)
    {
        Assert.Equal((0, messages, 0), Letters.StatesOf(road));
        List<Guid> stored = road.Query("SELECT id FROM message ORDER BY id", row => row.Id(0));
        Assert.Equal(stored, Letters.HomeOf(road).Messages);
        Assert.All(road.Query("SELECT attempts FROM message", row => row.Int(0)), attempts => Assert.Equal(1, attempts));
    }
}
