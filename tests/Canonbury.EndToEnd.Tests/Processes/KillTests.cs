using System.Diagnostics;
using Canonbury.Database;
using Canonbury.Database.Tests;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>
/// Rule 1 of the design, with SIGKILL: the server is killed at every step of a message's way and at random instants, while many senders send. What
/// was acknowledged is in the record once, whatever the instant.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Connections = 8;
    private const int Patients = 64;
    private const int RandomInstants = 4;

    private static readonly SignalPoint[] Points =
    [
        new("Store", 60), new("Stored", 60), new("Translate", 20), new("Fold", 25), new("CheckLease", 25), new("IdentifyPerson", 20),
        new("WriteRecord", 20), new("MarkDone", 25), new("Commit", 30), new("Committed", 30),
    ];

    [Theory]
    [OnBothDatabases]
    public async Task Killed_AtEveryStepAndAtRandomInstants_NothingAcknowledgedIsLostOrDoubled(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        MllpLoad load = new(Enumerable.Range(1, Patients).Select(number => new PatientStory(number)), Connections, pause: 20);
        Task? sending = null;
        Stopwatch watch = Stopwatch.StartNew();
        Random random = new(20260105);
        foreach (SignalPoint? point in Points.Concat(Enumerable.Repeat<SignalPoint?>(null, RandomInstants)))
        {
            BuryTheDead(test);
            await using ServerProcess server = await ServerProcess.StartAsync(test.Options, test.Options.Folder, point);
            load.SendTo(server.MllpPort);
            sending ??= load.Start();
            if (server.HasEnded)
            {
                continue;
            }

            if (point is null)
            {
                await Task.Delay(random.Next(50, 500), TestContext.Current.CancellationToken);
                await server.KillAsync();
            }
            else
            {
                await EndAsync(server, point);
            }
        }

        load.Finish();
        BuryTheDead(test);
        await using ServerProcess last = await ServerProcess.StartAsync(test.Options, test.Options.Folder);
        load.SendTo(last.MllpPort);
        await Task.WhenAny(sending!, Task.Delay(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        if (!sending!.IsCompletedSuccessfully)
        {
            await last.KillAsync();
            Assert.Fail($"Messages are still not acknowledged:\n{await last.LogAsync()}");
        }

        RecordCheck check = new(test.Database);
        Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(20)), "Messages still wait in the inbox.");
        check.EveryMessageIsInTheRecordOnce(load.Told);
        output.WriteLine($"REPORT killed {Points.Length + RandomInstants} times on {engine}: {load.Acknowledged} messages acknowledged, {load.Broken} connections broken, {watch.Elapsed.TotalSeconds:F0} s");
    }

    private static async Task EndAsync(ServerProcess server, SignalPoint point)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!server.HasEnded)
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(30))
            {
                await server.KillAsync();
                Assert.Fail($"The step {point.Step} was not reached {point.Time} times:\n{await server.LogAsync()}");
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The test knows that the process is dead; the next one need not wait until its leases end (<c>TwoProcessesTests</c> waits).</summary>
    private static void BuryTheDead(TestDatabase test)
    {
        using Session session = test.Database.Open();
        session.Execute("DELETE FROM process");
    }
}
