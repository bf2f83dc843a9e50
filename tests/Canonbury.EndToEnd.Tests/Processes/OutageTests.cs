using System.Diagnostics;
using System.Net;
using Canonbury.Database;
using Canonbury.Database.Tests;
using Npgsql;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>The database goes away under load and comes back: senders are told, readiness says so, nothing acknowledged is lost, and the work goes on by itself.</summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    private const string NoPostgreSql = "CANONBURY_TEST_POSTGRES names no PostgreSQL; ./test starts one.";

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task DatabaseThatIsAway_IsToldToSenders_AndTheWorkGoesOnWhenItIsBack()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        await using TcpProxy proxy = ProxyOf(test);
        await using ServerProcess server = await ServerProcess.StartAsync(Through(proxy, test), test.Options.Folder);
        using HttpClient client = new() { BaseAddress = server.Url };
        MllpLoad load = new(Enumerable.Range(1, 96).Select(number => new PatientStory(number)), connections: 12, pause: 20);
        load.SendTo(server.MllpPort);
        Task sending = load.Start();
        await UntilAsync(() => load.Acknowledged > 500, "Nothing was acknowledged.");
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(client));

        proxy.Cut();
        Stopwatch outage = Stopwatch.StartNew();
        await UntilAsync(() => load.Refused > 0, "No sender was told of the outage.");
        TimeSpan told = outage.Elapsed;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(client));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);

        // An answer stands behind those of earlier messages, so some AA of before come after the first AE.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        int acknowledged = load.Acknowledged;
        int refused = load.Refused;
        await UntilAsync(() => load.Refused > refused + 50, "Once the outage is known, every sender is told.");
        Assert.Equal(acknowledged, load.Acknowledged);
        Assert.Equal(0, load.Broken);

        proxy.Mend();
        Stopwatch back = Stopwatch.StartNew();
        await UntilAsync(() => load.Acknowledged > acknowledged + 500, "Nothing is acknowledged after the outage.");
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(client));
        load.Finish();
        await sending.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        RecordCheck check = new(test.Database);
        Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(20)), "Messages still wait in the inbox.");
        TimeSpan caughtUp = back.Elapsed;
        check.EveryMessageIsInTheRecordOnce(load.Told);
        output.WriteLine(
            $"REPORT database away: senders told after {told.TotalSeconds:F1} s, {load.Refused} AE; everything in the record {caughtUp.TotalSeconds:F1} s after it was back");
    }

    [Fact(Skip = NoPostgreSql, SkipType = typeof(TestDatabase), SkipUnless = nameof(TestDatabase.HasPostgreSql))]
    public async Task DatabaseThatFallsSilent_IsToldToSenders_AndTheWorkGoesOnWhenItIsBack()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.PostgreSql);
        await using TcpProxy proxy = ProxyOf(test);
        await using ServerProcess server = await ServerProcess.StartAsync(Through(proxy, test), test.Options.Folder);
        using HttpClient client = new() { BaseAddress = server.Url };
        MllpLoad load = new(Enumerable.Range(1, 48).Select(number => new PatientStory(number)), connections: 12, pause: 20);
        load.SendTo(server.MllpPort);
        Task sending = load.Start();
        await UntilAsync(() => load.Acknowledged > 200, "Nothing was acknowledged.");

        await proxy.SilenceAsync();
        Stopwatch outage = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(client));
        await UntilAsync(() => load.Refused > 0, "No sender was told of the outage.");
        TimeSpan told = outage.Elapsed;
        Assert.InRange(told, TimeSpan.Zero, TimeSpan.FromSeconds(45));

        proxy.Speak();
        load.Finish();
        await sending.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        RecordCheck check = new(test.Database);
        Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(40)), "Messages still wait in the inbox.");
        check.EveryMessageIsInTheRecordOnce(load.Told);
        output.WriteLine($"REPORT database silent: senders told after {told.TotalSeconds:F1} s");
    }

    private static TcpProxy ProxyOf(TestDatabase test)
    {
        NpgsqlConnectionStringBuilder to = new(test.Options.PostgreSql);
        return new TcpProxy(to.Host == "localhost" ? "127.0.0.1" : to.Host!, to.Port);
    }

    private static DatabaseOptions Through(TcpProxy proxy, TestDatabase test) => new()
    {
        PostgreSql = new NpgsqlConnectionStringBuilder(test.Options.PostgreSql) { Host = "127.0.0.1", Port = proxy.Port }.ToString(),
    };

    private static async Task<HttpStatusCode> ReadyAsync(HttpClient client) =>
        (await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode;

    private static async Task UntilAsync(Func<bool> happened, string otherwise)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!happened())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(45), otherwise);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
