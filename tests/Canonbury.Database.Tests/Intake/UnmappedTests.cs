using Canonbury.Database.Content;
using Canonbury.Fhir.Types;
using Xunit;

namespace Canonbury.Database.Tests.Intake;

/// <summary>Feature A11: every field that no map used is counted, each message once, whatever becomes of its transaction.</summary>
public sealed class UnmappedTests
{
    private static readonly string[] Message = [.. Letters.Update(1, "C1", "1 HIGH STREET"), "ZPD|1|extra|more", "ZPD|2|extra"];

    [Theory, OnBothDatabases]
    public async Task Fields_AreCountedOnce(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", Message);
        await road.SendAsync("pas", [.. Letters.Update(2, "C2", "1 HIGH STREET"), "ZPD|1|extra"]);

        Assert.Equal([("ZPD-2", 3, 2), ("ZPD-3", 1, 1)], Counts(road).Where(field => field.Path is "ZPD-2" or "ZPD-3"));
    }

    [Theory, OnBothDatabases]
    public async Task Fields_OfATransactionThatIsRunAgain_AreCountedOnce(Engine engine)
    {
        int deadlocks = 0;
        await using Road road = Road.Open(engine, step =>
        {
            if (step == "Commit" && deadlocks++ < 2)
            {
                throw new Npgsql.PostgresException("deadlock detected", "ERROR", "ERROR", "40P01");
            }
        });
        await road.SendAsync("pas", Message);

        Assert.Equal(3, deadlocks);
        Assert.Contains(("ZPD-2", 2, 1), Counts(road));
    }

    // The connection broke after the commit and before its answer: the work is done again, and must find that it was done.
    [Theory, OnBothDatabases]
    public async Task Fields_OfACommitWhoseAnswerWasLost_AreCountedOnce(Engine engine)
    {
        int lost = 0;
        await using Road road = Road.Open(engine, step =>
        {
            if (step == "Committed" && lost++ == 0)
            {
                throw new Npgsql.NpgsqlException("The connection is gone.");
            }
        });
        await road.ReceiveAsync("pas", Message);
        await road.ServeAsync(async () =>
        {
            while (Volatile.Read(ref lost) < 2)
            {
                await Task.Delay(10);
            }
        });

        Assert.Contains(("ZPD-2", 2, 1), Counts(road));
        Assert.Equal([1], road.Query("SELECT attempts FROM message", row => row.Int(0)));
        Assert.Single(Letters.HomeOf(road).Messages);
    }

    [Theory, OnBothDatabases]
    public async Task Fields_OfADeadLetter_AreCountedWhenItPasses(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", Letters.Update(0, "C0", "0 HIGH STREET"));
        Store(road, Envelope.Wrap("broken"u8, ContentKind.Resource), out byte[] good);
        await road.SendAsync("pas", Message);
        Assert.Equal((0, 1, 1), Letters.StatesOf(road));
        Assert.DoesNotContain(Counts(road), field => field.Path == "ZPD-2");

        Store(road, good, out _);
        for (int turn = 0; turn < 2; turn++)
        {
            await road.DeadLetters.ReplayAsync(null);
            await road.DeadLetters.ReplayProcessedAsync(null, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
            await road.ProcessAsync();
            Assert.Contains(("ZPD-2", 2, 1), Counts(road));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Findings_OfAMessageThatIsProcessedAgain_AreNotListedTwice(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET")[0], "PID|1||H1^^^SITE^MR~9990000019^^^NHS^NH||SAMPLE^ANN||19501399|Q");
        (string, long)[] before = Findings(road);
        Assert.True(before.Length >= 2, "The message has two faults at least.");
        await road.DeadLetters.ReplayProcessedAsync(null, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await road.ProcessAsync();

        Assert.Equal(before, Findings(road));
    }

    private static List<(string Path, long Occurrences, long Messages)> Counts(Road road) =>
        [.. road.Board.Unmapped(100).Select(field => (field.Path, field.Occurrences, field.Messages)).Order()];

    private static (string, long)[] Findings(Road road) => [.. road.Board.Findings(100).Select(finding => (finding.Code, finding.Count)).Order()];

    private static void Store(Road road, byte[] content, out byte[] before)
    {
        before = road.Query("SELECT content FROM resource WHERE type = $1", row => row.Bytes(0), ResourceTypes.NumberOf("Patient")).Single();
        using Session session = road.Test.Database.Open();
        session.Execute("UPDATE resource SET content = $1 WHERE type = $2", content, ResourceTypes.NumberOf("Patient"));
    }
}
