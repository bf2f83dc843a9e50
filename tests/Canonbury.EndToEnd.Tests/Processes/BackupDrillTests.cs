using System.Diagnostics;
using System.Net;
using Canonbury.Database;
using Canonbury.Database.Tests;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;
using Program = Canonbury.Server.Program;
using Reader = Canonbury.Server.Tests.Pages.Browser;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>
/// The drill of docs/operations.md while data flows: back up a working server, lose it, restore into an empty place, go on. Everything that was
/// acknowledged before the backup is there, and what senders send again has one effect.
/// </summary>
public sealed class BackupDrillTests(ITestOutputHelper output)
{
    private const int Patients = 64;

    [Theory]
    [OnBothDatabases]
    public async Task Restored_HasAllThatWasAcknowledgedBeforeTheBackup_AndGoesOnWorking(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        await using EmptyPlace place = await EmptyPlace.MakeAsync(test);
        string copy = Path.Combine(place.Folder, "copy");
        MllpLoad load = new(Stories(), connections: 8, pause: 10);
        Dictionary<string, int> before;
        Stopwatch watch = new();
        await using (ServerProcess server = await ServerProcess.StartAsync(test.Options, test.Options.Folder, demoAccounts: true))
        {
            using Reader browser = new(server.Url);
            await browser.SignInAsync("gp");
            Assert.Equal("/find-person", browser.Path);
            load.SendTo(server.MllpPort);
            Task sending = load.Start();
            await UntilAsync(() => load.Acknowledged > 800);

            before = load.Told.ToDictionary(one => one.Story.LocalId, one => one.Messages);
            watch.Start();
            Assert.Equal(0, await Program.Main(["backup", copy, .. Flags(test.Options)]));
            watch.Stop();

            // Nobody restores over a server that runs.
            Assert.Equal(3, await Program.Main(["restore", copy, "--replace", .. Flags(test.Options)]));
            int during = load.Acknowledged;
            await UntilAsync(() => load.Acknowledged > during + 200);
            load.Finish();
            await sending.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            await server.KillAsync();
        }

        Assert.Equal(0, await Program.Main(["restore", copy, .. Flags(place.Options)]));
        Assert.Equal(0, await Program.Main(["audit", .. Flags(place.Options)]));
        await using ServerProcess restored = await ServerProcess.StartAsync(place.Options, place.Options.Folder);
        using RecordDatabase database = new(Options.Create(place.Options));
        RecordCheck check = new(database);
        Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(20)), "Messages still wait in the inbox.");

        // Of each patient the messages up to some point between the backup's beginning and its end, and nothing else.
        List<(PatientStory Story, int Messages)> there = [.. Stories().Select(story => (story, check.MessagesOf(story)))];
        Assert.All(there, one => Assert.True(one.Messages >= before[one.Story.LocalId], $"{one.Story.LocalId} had {before[one.Story.LocalId]} messages and has {one.Messages}."));
        Assert.Contains(load.Told, one => one.Messages > check.MessagesOf(one.Story));
        check.EveryMessageIsInTheRecordOnce(there);
        Assert.True(check.Count("SELECT count(*) FROM audit") > 1, "The audit of before is missing.");
        using HttpClient client = new() { BaseAddress = restored.Url };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);

        // The senders send everything again, and then more.
        int each = load.Told.Max(one => one.Messages) + 2;
        MllpLoad again = new(Stories(), connections: 8, each: each);
        again.SendTo(restored.MllpPort);
        await again.Start().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(await check.InboxIsEmptyAsync(TimeSpan.FromSeconds(20)), "Messages still wait in the inbox.");
        check.EveryMessageIsInTheRecordOnce(again.Told);
        output.WriteLine(
            $"REPORT drill on {engine}: backup under load in {watch.Elapsed.TotalSeconds:F1} s, {there.Sum(one => one.Messages)} messages restored, {load.Acknowledged} were acknowledged");
    }

    private static IEnumerable<PatientStory> Stories() => Enumerable.Range(1, Patients).Select(number => new PatientStory(number));

    private static string[] Flags(DatabaseOptions options) =>
        options.PostgreSql is { } connection ? ["--data", options.Folder, "--database", connection] : ["--data", options.Folder];

    private static async Task UntilAsync(Func<bool> happened)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!happened())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "Messages are not acknowledged.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>An empty folder and, on PostgreSQL, an empty database beside the one of the test.</summary>
    private sealed class EmptyPlace(string folder, DatabaseOptions options, string? name) : IAsyncDisposable
    {
        public string Folder => folder;

        public DatabaseOptions Options => options;

        public static async Task<EmptyPlace> MakeAsync(TestDatabase test)
        {
            string folder = Directory.CreateTempSubdirectory("canonbury-drill-").FullName;
            DatabaseOptions options = new() { Folder = Path.Combine(folder, "data"), SqliteCacheMiB = 16 };
            if (test.Database.Engine == Engine.Sqlite)
            {
                return new EmptyPlace(folder, options, null);
            }

            string name = "test_" + Guid.NewGuid().ToString("N");
            await RunAsync($"CREATE DATABASE {name}");
            options.PostgreSql = new NpgsqlConnectionStringBuilder(TestDatabase.PostgreSql) { Database = name }.ToString();
            return new EmptyPlace(folder, options, name);
        }

        public async ValueTask DisposeAsync()
        {
            if (name is not null)
            {
                await RunAsync($"DROP DATABASE {name} WITH (FORCE)");
            }

            Directory.Delete(folder, recursive: true);
        }

        private static async Task RunAsync(string sql)
        {
            await using NpgsqlConnection connection = new(TestDatabase.PostgreSql);
            await connection.OpenAsync(CancellationToken.None);
#pragma warning disable CA2100 // The name is a GUID of our own.
            await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
