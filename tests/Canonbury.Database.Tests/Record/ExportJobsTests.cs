using Canonbury.Database.Leases;
using Canonbury.Record.Export;
using Xunit;

namespace Canonbury.Database.Tests.Record;

/// <summary>One process at a time works on an export, and only its client sees it.</summary>
public sealed class ExportJobsTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static int made;

    [Theory, OnBothDatabases]
    public async Task Export_IsOneProcesssAtATime_AndGoesToAnotherWhereThatFallsSilent(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        SetClock clock = new();
        ExportJobs one = new(test.Database, ProcessIdentity.New(), clock), other = new(test.Database, ProcessIdentity.New(), clock);
        ExportJob job = Job("client");
        Assert.True(one.Add(job, 5));

        Assert.Equal(job.Id, one.Claim()!.Id);
        Assert.Null(other.Claim());
        Assert.False(other.Beat(job.Id));
        ExportedFile[] files = [new("Patient", 120, 2), new("Flag", 7, 1)];
        Assert.True(one.Advance(job.Id, 16, files));
        clock.Now += ExportJobs.Silence - TimeSpan.FromSeconds(1);
        Assert.True(one.Beat(job.Id));
        clock.Now += ExportJobs.Silence - TimeSpan.FromSeconds(1);
        Assert.Null(other.Claim());

        clock.Now += TimeSpan.FromSeconds(1);
        ExportJob taken = other.Claim()!;
        Assert.Equal((16, ExportState.Underway), (taken.NextBucket, taken.State));
        Assert.Equal(files, taken.Files);
        Assert.False(one.Beat(job.Id));
        Assert.False(one.Advance(job.Id, 1024, []));
        Assert.False(one.End(job.Id, ExportState.Done, clock.Now));

        Assert.True(other.Release(job.Id));
        Assert.Equal(16, one.Claim()!.NextBucket);
        Assert.True(one.End(job.Id, ExportState.Done, clock.Now + TimeSpan.FromHours(1)));
        Assert.Null(other.Claim());
        Assert.False(one.Advance(job.Id, 17, []));
    }

    [Theory, OnBothDatabases]
    public async Task Export_IsItsClientsOnly_UntilItExpiresOrIsRemoved(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        SetClock clock = new();
        ExportJobs jobs = new(test.Database, ProcessIdentity.New(), clock);
        ExportJob first = Job("client"), second = Job("client"), removed = Job("client");
        Assert.True(jobs.Add(first, 2));
        Assert.True(jobs.Add(second, 2));
        Assert.False(jobs.Add(removed, 2));
        Assert.True(jobs.Add(removed, 3));
        Assert.True(jobs.Add(Job("other"), 1));

        Assert.Null(jobs.Find(first.Id, "other"));
        Assert.Equivalent(first, jobs.Find(first.Id, "client"), strict: true);
        Assert.True(jobs.Remove(removed.Id));
        Assert.False(jobs.Remove(removed.Id));
        Assert.Null(jobs.Find(removed.Id, "client"));
        Assert.False(jobs.Beat(removed.Id));

        Assert.Equal(first.Id, jobs.Claim()!.Id);
        Assert.True(jobs.End(first.Id, ExportState.Failed, Start.AddHours(1)));
        Assert.Equal(ExportState.Failed, jobs.Find(first.Id, "client")!.State);
        Assert.Contains(first.Id, jobs.RemoveExpired());
        clock.Now = Start.AddHours(1);
        Assert.Null(jobs.Find(first.Id, "client"));
        Assert.DoesNotContain(first.Id, jobs.RemoveExpired());
        Assert.NotNull(jobs.Find(second.Id, "client"));
    }

    // Ids made in one millisecond have no order.
    private static ExportJob Job(string client) => new(
        Guid.CreateVersion7(Start.AddSeconds(Interlocked.Increment(ref made))), client, "EverySource", "http://x/fhir/$export", "{}", Start, ExportState.Underway, 0, [], null);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
