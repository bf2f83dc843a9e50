using Xunit;

namespace Canonbury.Database.Tests.Floor;

public sealed class GroupCommitterTests
{
    private const string Insert = "INSERT INTO source (id, name, origin, ids_kept, created_at) VALUES ($1, $2, 'test', 0, $3)";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory, OnBothDatabases]
    public async Task Commit_OfManyCallers_StoresEveryOne(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);

        int[] answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => test.Committer.CommitAsync(i % 7, session =>
        {
            session.Write(Insert, "s" + i, "Söurce " + i, Now);
            return i;
        })));

        Assert.Equal(Enumerable.Range(0, 500), answers);
        using Session reading = test.Database.Open();
        Assert.Equal(500, reading.Query("SELECT count(*) FROM source", row => row.Int(0))[0]);
        Assert.Equal(("Söurce 7", Now), reading.Query("SELECT name, created_at FROM source WHERE id = $1", row => (row.Text(0), row.Time(1)), "s7")[0]);
    }

    [Theory, OnBothDatabases]
    public async Task Commit_WithOneGuilty_FailsOnlyThatOne(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);

        Task<int>[] tasks = [.. Enumerable.Range(0, 50).Select(i => test.Committer.CommitAsync(0, session =>
        {
            session.Write(Insert, i == 20 ? "s10" : "s" + i, "x", Now);
            return i;
        }))];
        await Task.WhenAll(tasks).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal([20], Enumerable.Range(0, 50).Where(i => tasks[i].IsFaulted));
        Assert.True(Session.IsDuplicateKey(tasks[20].Exception!.InnerException!));
        using Session reading = test.Database.Open();
        Assert.Equal(49, reading.Query("SELECT count(*) FROM source", row => row.Int(0))[0]);
    }

    [Theory, OnBothDatabases]
    public async Task Commit_OfOneBucket_KeepsTheOrderOfSubmission(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        List<int> seen = [];

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => test.Committer.CommitAsync(5, _ =>
        {
            lock (seen)
            {
                seen.Add(i);
            }

            return i;
        })));

        Assert.Equal(Enumerable.Range(0, 200), seen);
    }

    [Theory, OnBothDatabases]
    public async Task Durable_IsToldInTheOrderOfCommits_BeforeTheCaller(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        List<int> told = [];

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            Assert.Equal(i, await test.Committer.CommitAsync(5, _ => i, told.Add));
            Assert.Contains(i, told.ToArray());
        }));

        Assert.Equal(Enumerable.Range(0, 200), told);
    }

    [Theory, OnBothDatabases]
    public async Task Ask_AndWrite_InOneBatch_AnswerInOrder(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        Guid person = Guid.CreateVersion7();

        (int Before, int After, Guid Person) result = await test.Committer.CommitAsync(0, session =>
        {
            Answer<int> before = session.Ask("SELECT count(*) FROM claim", row => row.Int(0));
            session.Write("INSERT INTO claim (system, value, person) VALUES ($1, $2, $3)", "s", "v", person);
            Answer<int> after = session.Ask("SELECT count(*) FROM claim", row => row.Int(0));
            Answer<Guid> read = session.Ask("SELECT person FROM claim WHERE system = $1", row => row.Id(0), "s");
            return (before.Single, after.Single, read.Single);
        });

        Assert.Equal((0, 1, person), result);
    }
}
