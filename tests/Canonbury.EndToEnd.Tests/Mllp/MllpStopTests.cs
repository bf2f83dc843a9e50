using System.Net.Sockets;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources.Mllp;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Mllp;

public sealed class MllpStopTests
{
    [Fact]
    public async Task Stop_WithMessagesInFlight_AnswersThemAndAcceptsNoMore()
    {
        TaskCompletionSource opened = new();
        TaskCompletionSource arrived = new();
        await using MllpUnderTest server = MllpUnderTest.Start(receive: async (_, _, _) =>
        {
            arrived.TrySetResult();
            await opened.Task;
            return InboxReceipt.Stored;
        });
        int port = server.Port;
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync(MllpClient.Frame(MllpClient.Message("A1")));
        await arrived.Task;
        Task stopping = server.StopAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<SocketException>(() => MllpClient.ConnectAsync(port));
        Assert.False(stopping.IsCompleted);
        opened.SetResult();
        Assert.Equal(("AA", "A1"), await client.AnswerAsync() is { } answer ? (answer.Code, answer.ControlId) : default);
        Assert.Null(await client.AnswerAsync());
        await stopping;
    }

    [Fact]
    public async Task Stop_WhenStoringHangs_GivesUpAfterTheGraceWithoutAnAcknowledgement()
    {
        TaskCompletionSource<InboxReceipt> never = new();
        await using MllpUnderTest server = MllpUnderTest.Start(receive: (_, _, _) => never.Task);
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync(MllpClient.Frame(MllpClient.Message("A1")));
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await server.StopAsync(TimeSpan.FromMilliseconds(200)).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Null(await client.AnswerAsync());
    }

    [Fact]
    public async Task Start_OnAPortInUse_SaysWhatToChange()
    {
        await using MllpUnderTest first = MllpUnderTest.Start();
        MllpFeedOptions options = new() { Port = first.Port };
        MllpPort port = new(MllpPort.FeedOf(options), options, (_, _, _) => Task.FromResult(InboxReceipt.Stored), first.Memory,
            new Intake.Sources.IntakeMetrics(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await using MllpListener second = new(port);
        Assert.Contains("Change Address or Port", Assert.Throws<InvalidOperationException>(second.Start).Message, StringComparison.Ordinal);
    }
}
