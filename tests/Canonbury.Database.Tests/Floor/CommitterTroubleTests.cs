using System.Diagnostics;
using Canonbury.Database.Commit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Canonbury.Database.Tests.Floor;

/// <summary>What PostgreSQL can do to a transaction: the committer gets over it, in order, and nobody's work is done twice or not at all.</summary>
public sealed class CommitterTroubleTests(ITestOutputHelper output)
{
    private const int Names = 100;
    private const string NoPostgreSql = "CANONBURY_TEST_POSTGRES names no PostgreSQL; ./test starts one.";

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task LostConnection_InTheMiddleOfATransaction_IsTriedAgain()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        int runs = 0;

        int[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => test.Committer.CommitAsync(0, session =>
        {
            Claim(session, "n" + i);
            if (i == 50 && ++runs <= 2)
            {
                session.Execute("SELECT pg_terminate_backend(pg_backend_pid())");
            }

            return i;
        })));

        Assert.Equal(Enumerable.Range(0, 100), answers);
        Assert.Equal(3, runs);
        Assert.Equal(100, Claims(test));

        // And it serves whoever comes next.
        Assert.Equal(7, await test.Committer.CommitAsync(0, _ => 7));
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task OppositeOrders_InTwoProcesses_DoNotDeadlockWhereTheLocksAreNamed()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        TimeSpan took = await ClaimInOppositeOrdersAsync(test, i => [i], meet: false);
        Assert.Equal(0, Deadlocks(test));
        output.WriteLine($"REPORT 2 x {Names} claims in opposite orders, locks named: {took.TotalSeconds:F1} s, no deadlock");
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task Deadlock_HealsByItselfAndSoon()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        TimeSpan took = await ClaimInOppositeOrdersAsync(test, _ => [], meet: true);
        long deadlocks = Deadlocks(test);
        output.WriteLine($"REPORT 2 x {Names} claims in opposite orders, locks not named: {took.TotalSeconds:F1} s, {deadlocks} deadlocks");
        Assert.True(deadlocks > 0, "There was no deadlock to heal.");

        // PostgreSQL looks for deadlocks after one second (deadlock_timeout); what follows must not deadlock again and again.
        Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task Outage_IsToldWithinSeconds_ThenAtOnce()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        Assert.Equal(1, await test.Committer.CommitAsync(0, _ => 1));
        using RecordDatabase nowhere = new(Options.Create(new DatabaseOptions { PostgreSql = "Host=127.0.0.1;Port=1;Username=x;Database=x", Folder = test.Options.Folder }));
        await using GroupCommitter committer = Another(nowhere, test.Options);

        Stopwatch watch = Stopwatch.StartNew();
        Exception first = await Assert.ThrowsAnyAsync<Exception>(() => committer.CommitAsync(0, _ => 1));
        TimeSpan firstTook = watch.Elapsed;
        watch.Restart();
        Exception second = await Assert.ThrowsAnyAsync<Exception>(() => committer.CommitAsync(0, _ => 1));

        Assert.True(Session.IsPassing(first) && Session.IsPassing(second));
        Assert.InRange(firstTook, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    /// <summary>Two processes claim the same names at the same time, in one transaction each, one forwards and one backwards.</summary>
    /// <param name="meet">True: both have claimed their first name before either goes on, so that a deadlock is certain.</param>
    private static async Task<TimeSpan> ClaimInOppositeOrdersAsync(TestDatabase test, Func<int, long[]> locks, bool meet)
    {
        await using GroupCommitter other = Another(test.Database, test.Options);
        using Barrier together = new(2);
        using Barrier first = new(2);
        Stopwatch watch = Stopwatch.StartNew();
        Task Process(GroupCommitter committer, Func<int, int> placeOf) => Task.Run(async () =>
        {
            // Buckets of one worker, which meanwhile is busy: so all go into one transaction.
            using ManualResetEventSlim isBusy = new();
            Task<bool> busy = committer.CommitAsync(0, _ =>
            {
                isBusy.Set();
                return together.SignalAndWait(TimeSpan.FromSeconds(10));
            });
            isBusy.Wait();
            bool hasMet = !meet;
            Task<int>[] claims = [.. Enumerable.Range(0, Names).Select(i => committer.CommitAsync(
                3 * (placeOf(i) + 1),
                session =>
                {
                    int claimed = Claim(session, "n" + i);
                    if (!hasMet && placeOf(i) == 0)
                    {
                        hasMet = first.SignalAndWait(TimeSpan.FromSeconds(10));
                    }

                    return claimed;
                },
                locks: locks(i)))];
            await Task.WhenAll([busy, .. claims]);
        });
        await Task.WhenAll(Process(test.Committer, i => i), Process(other, i => Names - 1 - i)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(Names, Claims(test));
        return watch.Elapsed;
    }

    private static GroupCommitter Another(RecordDatabase database, DatabaseOptions options) =>
        new(database, Options.Create(options), TimeProvider.System, NullLogger<GroupCommitter>.Instance);

    private static int Claim(Session session, string name) => session.Execute(
        "INSERT INTO claim (system, value, person) VALUES ('test', $1, $2) ON CONFLICT (system, value) DO NOTHING", name, Guid.NewGuid());

    private static long Claims(TestDatabase test)
    {
        using Session session = test.Database.Open();
        return session.Query("SELECT count(*) FROM claim", row => row.Long(0))[0];
    }

    private static long Deadlocks(TestDatabase test)
    {
        // Statistics reach the view with a short delay.
        for (int waited = 0; ; waited++)
        {
            Thread.Sleep(1_200);
            using Session session = test.Database.Open();
            long deadlocks = session.Query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()", row => row.Long(0))[0];
            if (deadlocks > 0 || waited == 5)
            {
                return deadlocks;
            }
        }
    }
}
