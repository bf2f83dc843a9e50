using Canonbury.Intake.Inbox;
using Xunit;

namespace Canonbury.Tests.Intake;

/// <summary>RFC 9562 section 5.7: the first 48 bits of a UUID of version 7 are the milliseconds since 1970. Order within a bucket rests on it.</summary>
public sealed class MessageIdsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 20, 47, 2, 317, TimeSpan.Zero);

    [Fact]
    public void Id_BeginsWithTheMillisecondOfItsTime()
    {
        Guid id = new MessageIds(new SetClock(Start)).Next();

        Assert.Equal(Start.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
        Assert.Equal(7, id.Version);
    }

    [Fact]
    public void Ids_OfOneProcess_AreInTheOrderInWhichTheyWereGiven()
    {
        MessageIds ids = new(new SetClock(Start));
        List<string> given = [.. Enumerable.Range(0, 10_000).Select(_ => ids.Next().ToString("N"))];

        Assert.Equal(given.Order(StringComparer.Ordinal), given);
        Assert.Equal(given.Count, given.Distinct().Count());
    }

    [Fact]
    public void Ids_OfALaterRun_ComeAfterThoseOfAnEarlierOne()
    {
        MessageIds earlier = new(new SetClock(Start));
        string last = Enumerable.Range(0, 1_000).Select(_ => earlier.Next().ToString("N")).Last();
        string first = new MessageIds(new SetClock(Start.AddSeconds(5))).Next().ToString("N");

        Assert.True(string.CompareOrdinal(last, first) < 0, $"{last} was given before {first}.");
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
