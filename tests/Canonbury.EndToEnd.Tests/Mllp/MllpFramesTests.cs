using System.Text;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Mllp;

public sealed class MllpFramesTests
{
    [Fact]
    public async Task Send_OneMessage_IsStoredAsSentAndAnsweredAA()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        string message = MllpClient.Message("A1");
        Answer answer = await client.ExchangeAsync(message);
        Assert.Equal(("AA", "A1"), (answer.Code, answer.ControlId));
        Assert.Equal(("CANONBURY", "PAS"), (answer.Field("MSH", 2), answer.Field("MSH", 4)));
        Assert.Equal(message, Encoding.Latin1.GetString(Assert.Single(server.Received)));
    }

    [Fact]
    public async Task Send_ByteByByte_GivesTheSameMessage()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        foreach (byte one in MllpClient.Frame(MllpClient.Message("A1")))
        {
            await client.SendAsync([one]);
        }

        Assert.Equal("A1", (await client.AnswerAsync())?.ControlId);
    }

    [Fact]
    public async Task Send_JoinedFramesAndGarbage_GivesEachMessageItsAnswer()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        byte[] first = MllpClient.Frame(MllpClient.Message("A1"));
        byte[] second = MllpClient.Frame(MllpClient.Message("A2"));
        await client.SendAsync([.. first, .. "noise\r\n"u8, .. second[..^1]]);
        Assert.Equal("A1", (await client.AnswerAsync())?.ControlId);
        Assert.Equal("A2", (await client.AnswerAsync())?.ControlId);
    }

    [Fact]
    public async Task Send_ALargeMessage_ArrivesWhole()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        string message = MllpClient.Message("A1", rest: "OBX|1|ED|D||" + new string('x', 6_000_000) + "\r");
        Assert.Equal("AA", (await client.ExchangeAsync(message)).Code);
        Assert.Equal(message.Length, Assert.Single(server.Received).Length);
        Assert.Equal((0, 0), (server.Memory.InFlight.Used, server.Memory.Unfinished.Used));
    }

    [Fact]
    public async Task Send_OnManyConnections_EachGetsItsOwnAnswers()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            await using MllpClient client = await server.ConnectAsync();
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal($"C{number}-{i}", (await client.ExchangeAsync(MllpClient.Message($"C{number}-{i}"))).ControlId);
            }
        }));
        Assert.Equal(1000, server.Received.Count);
    }

    [Fact]
    public async Task Send_ThenCloseTheSendingSide_StillBringsTheAnswers()
    {
        await using MllpUnderTest server = MllpUnderTest.Start();
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync([.. MllpClient.Frame(MllpClient.Message("A1")), .. MllpClient.Frame(MllpClient.Message("A2"))]);
        client.Tcp.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal("A1", (await client.AnswerAsync())?.ControlId);
        Assert.Equal("A2", (await client.AnswerAsync())?.ControlId);
        Assert.Null(await client.AnswerAsync());
    }
}
