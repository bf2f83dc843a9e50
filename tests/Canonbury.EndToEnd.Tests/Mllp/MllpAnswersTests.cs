using System.Text;
using Canonbury.Intake.Inbox;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Mllp;

public sealed class MllpAnswersTests
{
    [Fact]
    public async Task Send_WithoutMsh_IsAnsweredAR()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        Answer answer = await client.ExchangeAsync("PID|1||1");
        Assert.Equal(("AR", ""), (answer.Code, answer.ControlId));
        Assert.Contains("MSH", answer.Words, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Send_Utf16_IsRefusedByName()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync(MllpClient.Frame(Encoding.Unicode.GetBytes(MllpClient.Message("A1"))));
        Answer? answer = await client.AnswerAsync();
        Assert.Equal("AR", answer?.Code);
        Assert.Contains("UTF-16", answer?.Words, StringComparison.Ordinal);
        Assert.Equal("AA", (await client.ExchangeAsync(MllpClient.Message("A2"))).Code);
    }

    [Theory]
    [InlineData("|||AL|NE", "CA")]
    [InlineData("|||SU|NE", "CA")]
    [InlineData("|||NE|AL", "AA")]
    [InlineData("||||", "AA")]
    public async Task Send_InEachMode_IsAnsweredAsTheHeaderAsks(string fieldsFrom13, string code)
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        Assert.Equal(code, (await client.ExchangeAsync(MllpClient.Message("A1", fieldsFrom13))).Code);
    }

    [Theory]
    [InlineData("|||NE|NE")]
    [InlineData("|||ER|ER")]
    public async Task Send_WhereSuccessWantsNoAnswer_BringsNone(string fieldsFrom13)
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync(MllpClient.Frame(MllpClient.Message("A1", fieldsFrom13)));
        Assert.Equal("A2", (await client.ExchangeAsync(MllpClient.Message("A2"))).ControlId);
        Assert.Equal(2, server.Received.Count);
    }

    [Theory]
    [InlineData("", "AE")]
    [InlineData("|||AL|NE", "CE")]
    [InlineData("|||ER|NE", "CE")]
    public async Task Send_WhenTheInboxIsUnavailable_IsAnsweredAsAnErrorThatMayPass(string fieldsFrom13, string code)
    {
        await using MllpUnderTest server = MllpUnderTest.Start(receive: (_, _, _) => throw new InboxUnavailableException("the disk is full"));
        await using MllpClient client = await server.ConnectAsync();
        Answer answer = await client.ExchangeAsync(MllpClient.Message("A1", fieldsFrom13));
        Assert.Equal((code, "A1"), (answer.Code, answer.ControlId));
        Assert.Equal(0, server.Memory.InFlight.Used);
    }

    [Fact]
    public async Task Send_ADuplicate_IsAnsweredAA()
    {
        await using MllpUnderTest server = MllpUnderTest.Start(receive: (_, _, _) => Task.FromResult(InboxReceipt.Duplicate));
        await using MllpClient client = await server.ConnectAsync();
        Assert.Equal("AA", (await client.ExchangeAsync(MllpClient.Message("A1"))).Code);
    }

    [Fact]
    public async Task Send_WhileAnInboxBugBreaksOne_AnswersTheOthers()
    {
        int count = 0;
        await using MllpUnderTest server = MllpUnderTest.Start(receive: async (_, _, _) =>
        {
            await Task.Yield();
            return Interlocked.Increment(ref count) == 1 ? throw new NotSupportedException() : InboxReceipt.Stored;
        });
        await using MllpClient client = await server.ConnectAsync();
        Assert.Equal("AE", (await client.ExchangeAsync(MllpClient.Message("A1"))).Code);
        Assert.Equal("AA", (await client.ExchangeAsync(MllpClient.Message("A2"))).Code);
    }

    [Fact]
    public async Task Send_Pipelined_StoresTogetherAndAnswersInTheOrderOfArrival()
    {
        TaskCompletionSource<InboxReceipt>[] stored = [.. Enumerable.Range(0, 20).Select(_ => new TaskCompletionSource<InboxReceipt>())];
        int next = -1;
        await using MllpUnderTest server = MllpUnderTest.Start(receive: (_, _, _) => stored[Interlocked.Increment(ref next)].Task);
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync([.. Enumerable.Range(0, 20).SelectMany(number => MllpClient.Frame(MllpClient.Message($"P{number}")))]);
        while (Volatile.Read(ref next) < 19)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        foreach (TaskCompletionSource<InboxReceipt> one in stored.Reverse())
        {
            one.SetResult(InboxReceipt.Stored);
        }

        for (int number = 0; number < 20; number++)
        {
            Assert.Equal($"P{number}", (await client.AnswerAsync())?.ControlId);
        }
    }
}
