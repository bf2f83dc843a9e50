using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources.Mllp;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Mllp;

public sealed class MllpLimitsTests
{
    [Fact]
    public async Task Send_AMessageOverTheLimit_IsAnsweredARAndTheNextOneStored()
    {
        await using MllpUnderTest server = MllpUnderTest.Start(new MllpFeedOptions { MaxMessageBytes = 100_000 });
        await using MllpClient client = await server.ConnectAsync();
        Answer answer = await client.ExchangeAsync(MllpClient.Message("BIG", rest: new string('x', 5_000_000)));
        Assert.Equal(("AR", "BIG"), (answer.Code, answer.ControlId));
        Assert.Contains("100000", answer.Words, StringComparison.Ordinal);
        Assert.Equal("AA", (await client.ExchangeAsync(MllpClient.Message("A2"))).Code);
        Assert.Single(server.Received);
        Assert.Equal(0, server.Memory.Unfinished.Used);
    }

    [Fact]
    public async Task Connect_AndSendNothing_IsClosedAfterTheIdleTime()
    {
        await using MllpUnderTest server = MllpUnderTest.Start(new MllpFeedOptions { IdleSeconds = 1 });
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync([0x0B, .. "MSH|^~"u8]);
        Assert.Null(await client.AnswerAsync());
    }

    [Fact]
    public async Task Connect_OverTheLimit_IsAnsweredAEAndClosedUntilOneEnds()
    {
        await using MllpUnderTest server = MllpUnderTest.Start(new MllpFeedOptions { MaxConnections = 1 });
        await using (MllpClient first = await server.ConnectAsync())
        {
            Assert.Equal("AA", (await first.ExchangeAsync(MllpClient.Message("A1"))).Code);
            await using MllpClient second = await server.ConnectAsync();
            Answer answer = await second.ExchangeAsync(MllpClient.Message("A2"));
            Assert.Equal(("AE", "A2"), (answer.Code, answer.ControlId));
            Assert.Null(await second.AnswerAsync());
            Assert.Equal("AA", (await first.ExchangeAsync(MllpClient.Message("A3"))).Code);
        }

        Answer? later = null;
        for (int i = 0; i < 100 && later?.Code != "AA"; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            await using MllpClient third = await server.ConnectAsync();
            later = await third.ExchangeAsync(MllpClient.Message("A4"));
        }

        Assert.Equal("AA", later?.Code);
    }

    [Fact]
    public async Task Send_FasterThanTheInboxStores_WaitsInsteadOfFillingMemory()
    {
        TaskCompletionSource opened = new();
        long most = 0;
        MllpUnderTest? server = null;
        server = MllpUnderTest.Start(maxInFlightBytes: 2 << 20, options: new MllpFeedOptions { MaxMessageBytes = 1 << 20 }, receive: async (_, _, _) =>
        {
            most = Math.Max(most, server!.Memory.InFlight.Used);
            await opened.Task;
            return InboxReceipt.Stored;
        });
        await using MllpUnderTest running = server;
        byte[] frame = MllpClient.Frame(MllpClient.Message("A1", rest: new string('x', 200_000)));
        List<MllpClient> clients = [];
        for (int i = 0; i < 10; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        Task sending = Task.WhenAll(clients.Select(async client =>
        {
            for (int i = 0; i < 40; i++)
            {
                await client.SendAsync(frame);
            }
        }));
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(sending.IsCompleted);
        Assert.InRange(server.Memory.InFlight.Used, 200_000, 1 << 20);

        opened.SetResult();
        foreach (MllpClient client in clients)
        {
            for (int i = 0; i < 40; i++)
            {
                Assert.Equal("AA", (await client.AnswerAsync())?.Code);
            }

            await client.DisposeAsync();
        }

        await sending;
        Assert.InRange(most, 1, 1 << 20);
        Assert.Equal((0, 0), (server.Memory.InFlight.Used, server.Memory.Unfinished.Used));
    }

    [Fact]
    public async Task Send_ManyUnfinishedLargeFrames_LeavesRoomForWholeSmallOnes()
    {
        await using MllpUnderTest server = MllpUnderTest.Start(new MllpFeedOptions { MaxMessageBytes = 1 << 20, AckSeconds = 2 }, maxInFlightBytes: 2 << 20);
        byte[] start = [0x0B, .. "MSH|^~\\&|A|B|C|D|||ADT^A01|BIG|P|2.4\r"u8, .. new byte[800_000]];
        start.AsSpan(50).Fill((byte)'x');
        await using MllpClient first = await server.ConnectAsync();
        await using MllpClient second = await server.ConnectAsync();
        await using MllpClient third = await server.ConnectAsync();
        Task sending = Task.WhenAll(first.SendAsync(start), second.SendAsync(start));
        Assert.Equal("AA", (await third.ExchangeAsync(MllpClient.Message("SMALL"))).Code);

        // One of the two finds no room for its rest, is told so and closed; that makes room for the other.
        Task<Answer?>[] answers = [first.AnswerAsync(), second.AnswerAsync()];
        Answer? refused = await await Task.WhenAny(answers);
        Assert.Equal(("AE", "BIG"), (refused?.Code, refused?.ControlId));
        Assert.InRange(server.Memory.Unfinished.Used, 0, 1 << 20);
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
