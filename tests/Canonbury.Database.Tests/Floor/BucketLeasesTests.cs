using Canonbury.Database.Leases;
using Xunit;

namespace Canonbury.Database.Tests.Floor;

public sealed class BucketLeasesTests
{
    [Theory, OnBothDatabases]
    public async Task Renew_ByTwoProcesses_SharesTheBuckets(Engine engine)
    {
        ManualClock clock = new();
        await using TestDatabase test = TestDatabase.Create(engine, clock);
        BucketLeases first = test.Leases(clock);
        BucketLeases second = test.Leases(clock);

        Assert.Equal(1024, first.Renew().Count);
        Assert.Empty(second.Renew());
        first.Renew();
        Assert.Equal(512, second.Renew().Count);

        Assert.All(Enumerable.Range(0, 1024), bucket => Assert.True(first.EpochOf(bucket) is null ^ second.EpochOf(bucket) is null));
    }

    [Theory, OnBothDatabases]
    public async Task Renew_AfterAnotherProcessDied_TakesItsBucketsWithANewEpoch(Engine engine)
    {
        ManualClock clock = new();
        await using TestDatabase test = TestDatabase.Create(engine, clock);
        BucketLeases dead = test.Leases(clock);
        BucketLeases alive = test.Leases(clock);
        dead.Renew();
        long old = dead.EpochOf(3)!.Value;

        clock.Advance(BucketLeases.Duration * 2);
        Assert.Equal(1024, alive.Renew().Count);

        Assert.True(alive.EpochOf(3) > old);
        using Session session = test.Database.Open();
        Assert.NotEqual(old, BucketRow.Lock(session, 3).Single.Epoch);
    }

    private sealed class ManualClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan by) => now += by;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
