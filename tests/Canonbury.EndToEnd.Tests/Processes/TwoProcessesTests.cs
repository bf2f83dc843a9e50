using System.Diagnostics;
using Canonbury.Database;
using Canonbury.Database.Leases;
using Canonbury.Database.Tests;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>Rule 7 of the design: several processes on one PostgreSQL share the work, and one that dies or stands still costs time only.</summary>
public sealed class TwoProcessesTests(ITestOutputHelper output)
{
    private const string NoPostgreSql = "CANONBURY_TEST_POSTGRES names no PostgreSQL; ./test starts one.";

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task SameNewPersons_FromTwoSourcesThroughTwoProcesses_AreOnePersonEach()
    {
        const int People = 1000;
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        await using ServerProcess one = await ServerProcess.StartAsync(test.Options, Folder(test, "one"));
        await using ServerProcess two = await ServerProcess.StartAsync(test.Options, Folder(test, "two"));
        await SharedAsync(test);
        MllpLoad first = new(Enumerable.Range(1, People).Select(number => new PatientStory(number, "RXX")), connections: 16, each: 1);
        MllpLoad second = new(Enumerable.Range(1, People).Select(number => new PatientStory(number, "RYY")), connections: 16, each: 1);
        first.SendTo(one.MllpPort);
        second.SendTo(two.MllpPort);

        Stopwatch watch = Stopwatch.StartNew();
        await Task.WhenAll(first.Start(), second.Start()).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        TimeSpan acknowledged = watch.Elapsed;
        RecordCheck check = new(test.Database);
        Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(30)), "Messages still wait in the inbox.");
        TimeSpan done = watch.Elapsed;

        check.EveryMessageIsInTheRecordOnce([.. first.Told, .. second.Told]);
        Assert.Equal(People, check.Persons());
        Assert.Equal(People, check.Count("SELECT count(*) FROM (SELECT person FROM person_patient GROUP BY person HAVING count(*) = 2) p"));
        output.WriteLine(
            $"REPORT two processes, {People} new persons from two sources each: acknowledged in {acknowledged.TotalSeconds:F1} s, in the record in {done.TotalSeconds:F1} s, "
            + $"{Deadlocks(test)} deadlocks");
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task Kill9_OfOne_TheOtherTakesItsBucketsWithinTheLeaseTimeAndFinishesEverything()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        await using ServerProcess survivor = await ServerProcess.StartAsync(test.Options, Folder(test, "survivor"));
        await using ServerProcess victim = await ServerProcess.StartAsync(test.Options, Folder(test, "victim"));
        await SharedAsync(test);
        MllpLoad load = new(Enumerable.Range(1, 96).Select(number => new PatientStory(number)), connections: 12, pause: 20);
        load.SendTo(survivor.MllpPort, victim.MllpPort);
        Task sending = load.Start();
        await Task.Delay(2_000, TestContext.Current.CancellationToken);

        load.SendTo(survivor.MllpPort);
        await victim.KillAsync();
        Stopwatch watch = Stopwatch.StartNew();
        RecordCheck check = new(test.Database);
        while (check.Count("SELECT count(DISTINCT owner) FROM bucket") > 1)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        TimeSpan taken = watch.Elapsed;
        load.Finish();
        await sending.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(20)), "Messages still wait in the inbox.");

        // Until the lease has ended, and then until the next time that leases are renewed; the rest is this machine's.
        Assert.InRange(taken, TimeSpan.Zero, (BucketLeases.Duration * 4 / 3) + TimeSpan.FromSeconds(2));
        check.EveryMessageIsInTheRecordOnce(load.Told);
        output.WriteLine($"REPORT a process killed beside another: {load.Acknowledged} messages, its buckets were taken after {taken.TotalSeconds:F1} s");
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task Paused_PastTheLease_WritesNothingAndNothingIsLostOrDoubled()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        List<ServerProcess> paused = [];
        try
        {
            await using ServerProcess survivor = await ServerProcess.StartAsync(test.Options, Folder(test, "survivor"));

            // Before its transaction, inside it without locks, with all of its rows locked, and before the commit is sent.
            foreach (string step in new[] { "Fold", "CheckLease", "WriteRecord", "Commit" })
            {
                paused.Add(await ServerProcess.StartAsync(test.Options, Folder(test, step), new SignalPoint(step, 10, "STOP")));
            }

            MllpLoad load = new(Enumerable.Range(1, 200).Select(number => new PatientStory(number)), connections: 20, pause: 20);
            load.SendTo(survivor.MllpPort);
            Task sending = load.Start();
            await UntilAsync(() => paused.TrueForAll(process => process.IsPaused), "Not every process reached its step.");
            Stopwatch watch = Stopwatch.StartNew();
            load.Finish();
            await sending.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            RecordCheck check = new(test.Database);
            Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(40)), "Messages still wait in the inbox.");
            TimeSpan done = watch.Elapsed;
            Assert.InRange(done, BucketLeases.Duration, TimeSpan.FromMinutes(1));
            check.EveryMessageIsInTheRecordOnce(load.Told);
            long changes = check.Count("SELECT sum(position) FROM bucket");

            await Task.WhenAll(paused.Select(process => process.ResumeAsync()));
            await Task.Delay(BucketLeases.Duration, TestContext.Current.CancellationToken);
            Assert.Equal(changes, check.Count("SELECT sum(position) FROM bucket"));
            check.EveryMessageIsInTheRecordOnce(load.Told);

            // They have their share again and go on working.
            MllpLoad more = new(Enumerable.Range(201, 100).Select(number => new PatientStory(number)), connections: 10, each: 4);
            more.SendTo([.. paused.Select(process => process.MllpPort)]);
            await more.Start().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(20)), "Messages still wait in the inbox.");
            check.EveryMessageIsInTheRecordOnce([.. load.Told, .. more.Told]);
            Assert.True(check.Count("SELECT count(DISTINCT owner) FROM bucket") == 5, "Not every process has buckets again.");
            output.WriteLine($"REPORT four processes paused in the middle of their work: the fifth had finished it after {done.TotalSeconds:F1} s");
        }
        finally
        {
            foreach (ServerProcess process in paused)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static async Task UntilAsync(Func<bool> happened, string otherwise)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!happened())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), otherwise);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until both processes have their half of the buckets.</summary>
    private static async Task SharedAsync(TestDatabase test)
    {
        RecordCheck check = new(test.Database);
        while (check.Count("SELECT count(*) FROM (SELECT owner FROM bucket WHERE owner IS NOT NULL GROUP BY owner HAVING count(*) = 512) o") < 2)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static long Deadlocks(TestDatabase test)
    {
        using Session session = test.Database.Open();
        session.Execute("SELECT pg_stat_clear_snapshot()");
        return session.Query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()", row => row.Long(0))[0];
    }

    private static string Folder(TestDatabase test, string name) => Path.Combine(test.Options.Folder, name);
}
