using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class MllpSenderTests
{
    private static readonly IReadOnlyList<SourceEvent> Messages =
    [
        .. new LoadMix(Sample.Options with { Residents = 20 }).Messages().Take(400),
    ];

    private readonly SendingCounters counters = new();

    [Fact]
    public async Task EveryMessage_IsAcknowledgedOnce_AndAPatientsStayInOrder()
    {
        await using MllpPeer peer = new((_, _) => "AA");
        await SendAsync(peer, connections: 3);
        Assert.Equal(400, counters.Acknowledged);
        Assert.Equal(400, counters.Sent);
        Assert.InRange(peer.Connections, 1, 3);
        AssertInOrder(peer);
        Assert.True(counters.Latency.Percentile(0.99) > 0);
    }

    [Fact]
    public async Task AnErrorAnswer_IsTriedAgain_AndThePatientsNextMessageWaits()
    {
        await using MllpPeer peer = new((id, time) => time == 1 && id[^1] is '2' or '5' && time < 3 ? "AE" : "CA");
        await SendAsync(peer, connections: 2);
        Assert.Equal(400, counters.Acknowledged);
        Assert.Equal(0, counters.Refused);
        Assert.True(counters.Resent > 50);
        AssertInOrder(peer);
    }

    [Fact]
    public async Task ARejection_IsCountedAndNotRepeated()
    {
        string rejected = Messages[7].ControlId;
        await using MllpPeer peer = new((id, _) => id == rejected ? "AR" : "AA");
        await SendAsync(peer, connections: 2);
        Assert.Equal(1, counters.Refused);
        Assert.Equal(399, counters.Acknowledged);
        Assert.StartsWith("AR", counters.LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndlessError_IsGivenUp()
    {
        string stubborn = Messages[3].ControlId;
        await using MllpPeer peer = new((id, _) => id == stubborn ? "AE" : "AA");
        await SendAsync(peer, connections: 1);
        Assert.Equal(1, counters.Refused);
        Assert.Equal(399, counters.Acknowledged);
    }

    [Fact]
    public async Task ABrokenConnection_IsOpenedAgain_AndNothingIsLost()
    {
        int seen = 0;
        await using MllpPeer peer = new((_, _) => Interlocked.Increment(ref seen) is 40 or 90 or 91 or 200 ? null : "AA");
        await SendAsync(peer, connections: 2);
        Assert.Equal(400, counters.Acknowledged);
        Assert.True(peer.Connections > 2);
        Assert.Equal(400, peer.Accepted.Distinct().Count());
        AssertInOrder(peer);
    }

    [Fact]
    public async Task ASilentPeer_TimesOutAndTheMessageIsSentAgain()
    {
        string silent = Messages[0].ControlId;
        await using MllpPeer peer = new((id, time) => id == silent && time == 1 ? MllpPeer.Silence : "AA");
        await SendAsync(peer, connections: 1);
        Assert.Equal(400, peer.Accepted.Distinct().Count());
        Assert.True(peer.Connections > 1);
    }

    [Fact]
    public async Task NobodyListening_IsTriedUntilSomebodyDoes()
    {
        int port;
        await using (MllpPeer first = new((_, _) => "AA"))
        {
            port = first.Port;
        }

        await using MllpSender sender = new(Target(port, 1), counters, TimeProvider.System);
        await sender.SendAsync(Messages[0], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<TimeoutException>(() =>
            sender.CompleteAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken));
        Assert.Equal(0, counters.Acknowledged);
        Assert.NotNull(counters.LastProblem);
    }

    private async Task SendAsync(MllpPeer peer, int connections)
    {
        await using MllpSender sender = new(Target(peer.Port, connections), counters, TimeProvider.System);
        foreach (SourceEvent message in Messages)
        {
            await sender.SendAsync(message, TestContext.Current.CancellationToken);
        }

        await sender.CompleteAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static MllpTarget Target(int port, int connections) => new("127.0.0.1", port, connections, Window: 16)
    {
        AckTimeout = TimeSpan.FromSeconds(1.5), FirstBackoff = TimeSpan.FromMilliseconds(5), LongestBackoff = TimeSpan.FromMilliseconds(40), MaxAttempts = 5,
    };

    private static void AssertInOrder(MllpPeer peer)
    {
        Dictionary<string, string> patients = Messages.ToDictionary(message => message.ControlId, message => message.OrderKey);
        ILookup<string, string> arrived = peer.Accepted.Distinct().ToLookup(id => patients[id]);
        Assert.All(Messages.GroupBy(message => message.OrderKey), patient =>
            Assert.Equal(patient.Select(message => message.ControlId), arrived[patient.Key]));
    }
}
