using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Canonbury.Access.Callers;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Record.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Canonbury.Benchmarks.Records;

/// <summary>
/// Opening records of 100, 1,000 and 5,000 items that arrived in small pieces among other people's messages: what the reader takes, and what
/// the summary page takes over HTTP at 50 views a second, signed in, with grant and audit.
/// </summary>
internal static partial class RecordLoad
{
    private const int Background = 2_000;
    private const int ViewsPerSecond = 50;

    private static readonly int[] Sizes = [100, 1_000, 5_000];

    public static async Task<int> RunAsync(string target, string[] args)
    {
        int seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
        Dictionary<string, string?> settings = new()
        {
            ["Server:Url"] = "http://127.0.0.1:0", ["Intake:Mllp:0:Port"] = "0", ["Access:DemoAccounts"] = "true",
            ["Database:Folder"] = ServerProcess.IsPostgreSql(target) ? Directory.CreateTempSubdirectory("canonbury-bench-").FullName : target,
            ["Database:PostgreSql"] = ServerProcess.IsPostgreSql(target) ? target : null,
        };
        await using WebApplication app = Canonbury.Server.Program.Build(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        await app.StartAsync();
        await app.Services.GetRequiredService<Accounts>().AddDemoAccountsAsync(resident: null);
        await FillAsync(app.Services);

        Console.WriteLine("| opening | n | p50 ms | p95 ms | p99 ms | max ms | |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---|");
        foreach (int size in Sizes)
        {
            PersonId person = (await app.Services.GetRequiredService<CurrentLinks>().PersonOfAsync(PatientOf(size), CancellationToken.None))!.Value;
            int items = await ReadAsync(app.Services, person, size, seconds);
            await ViewAsync(new Uri(app.Urls.First()), person, size, items, seconds);
        }

        await app.StopAsync();
        return 0;
    }

    private static SourceId Source => new("bench-lab");

    private static PatientId PatientOf(int size) => PatientId.Of(Source, $"BENCH|R{size}");

    private static async Task FillAsync(IServiceProvider rooms)
    {
        Random random = new(3);
        List<string> patients = [.. Sizes.SelectMany(size => Enumerable.Repeat($"R{size}", (size + 8) / 9)), .. Enumerable.Range(0, Background).Select(number => $"B{number % 500}")];
        Feed feed = new("bench", Source, TimeZoneInfo.Utc);
        ReceiveMessage receive = rooms.GetRequiredService<ReceiveMessage>();
        string[] order = [.. patients.OrderBy(_ => random.Next())];
        Stopwatch clock = Stopwatch.StartNew();
        await Task.WhenAll(order.Select((patient, number) => receive(feed, Encoding.ASCII.GetBytes(Report(patient, number, random)), CancellationToken.None)));
        FeedBoard board = rooms.GetRequiredService<FeedBoard>();
        while (board.Feeds().Sum(standing => standing.Waiting) > 0)
        {
            await Task.Delay(50);
        }

        Console.WriteLine($"filled with {order.Length} reports in {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static string Report(string patient, int number, Random random)
    {
        DateTime at = new DateTime(2016, 1, 1).AddHours(number * 20);
        string day = at.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        StringBuilder text = new($"MSH|^~\\&|LAB|BENCH|||{day}||ORU^R01^ORU_R01|N{number}|P|2.4\rPID|1||{patient}^^^BENCH^MR||BENCH^{patient}||19500101|F\r"
            + $"OBR|1|O{number}|F{number}|FBC^Full blood count^LOCAL|||{day}|||||||||||||||{day}||H|F\r");
        for (int i = 1; i <= 8; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"OBX|{i}|NM|T{i}^Test {i}^LOCAL||{random.Next(80, 160)}|g/L|100-140|N|||F\r");
        }

        return text.ToString();
    }

    private static async Task<int> ReadAsync(IServiceProvider rooms, PersonId person, int size, int seconds)
    {
        RecordReader reader = rooms.GetRequiredService<RecordReader>();
        AccessGrant grant = (AccessGrant)Activator.CreateInstance(typeof(AccessGrant), BindingFlags.Instance | BindingFlags.NonPublic, null,
            [Guid.NewGuid(), GrantScope.Person, person, null, "bench", "bench", null, null, DateTimeOffset.MaxValue], null)!;
        int items = 0;
        List<double> times = await PacedAsync(seconds, async () => items = (await reader.ReadAsync(grant, CancellationToken.None))!.Items.Count);
        Console.WriteLine(Percentiles.Line($"reader, {items} items", times));
        return items;
    }

    private static async Task ViewAsync(Uri address, PersonId person, int size, int items, int seconds)
    {
        using HttpClient browser = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        await PostAsync(browser, "/sign-in", ("name", "gp"), ("password", DemoAccounts.Password));
        await PostAsync(browser, "/find-person", ("text", $"R{size}"));
        string confirm = $"/confirm-identity/{person}";
        string root = (await PostAsync(browser, confirm, ("reason", "Direct care"), ("more", "A benchmark looks at a made-up record"))).RequestMessage!.RequestUri!.AbsolutePath;
        long bytes = 0;
        List<double> times = await PacedAsync(seconds, async () => bytes = (await browser.GetByteArrayAsync(new Uri(root, UriKind.Relative))).Length);
        Console.WriteLine(Percentiles.Line($"summary page, {items} items", times, $"{bytes >> 10} KiB"));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, params (string Name, string Value)[] values)
    {
        string page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));
        IEnumerable<KeyValuePair<string, string>> hidden = Hidden().Matches(page).Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)));
        using FormUrlEncodedContent content = new(hidden.Where(one => one.Key == "form-token").Take(1).Concat(values.Select(value => KeyValuePair.Create(value.Name, value.Value))));
        HttpResponseMessage answer = await browser.PostAsync(new Uri(path, UriKind.Relative), content);
        return answer.EnsureSuccessStatusCode();
    }

    /// <summary>Views at an even pace, each timed from when it was due.</summary>
    private static async Task<List<double>> PacedAsync(int seconds, Func<Task> view)
    {
        for (int i = 0; i < 200; i++)
        {
            await view();
        }

        List<Task<double>> views = [];
        long start = Stopwatch.GetTimestamp();
        for (int number = 0; number < seconds * ViewsPerSecond; number++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)number / ViewsPerSecond);
            TimeSpan early = due - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }

            long begun = Stopwatch.GetTimestamp();
            views.Add(Task.Run(async () =>
            {
                await view();
                return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }));
        }

        return [.. await Task.WhenAll(views)];
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
