using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources.Mllp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Road;

/// <summary>
/// The whole server on SQLite with the record of <see cref="GraceAdeyemi"/>, sent over real sockets and HTTP. Some hours before the rest, the
/// community service and the urgent care service sent something, and the server was stopped; so one is stale now and the other late.
/// </summary>
public sealed class RealRecord : IAsyncLifetime
{
    private const int HoursAgo = 3;

    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-road-").FullName;
    private readonly HttpClient http = new();
    private WebApplication app = null!;

    public Uri Address => new(app.Urls.First());

    public IServiceProvider Rooms => app.Services;

    public async ValueTask InitializeAsync()
    {
        await StartAsync(new EarlierClock(TimeSpan.FromHours(HoursAgo)));
        await SendAsync(GraceAdeyemi.FromTheCommunityService());
        await SendAsync(GraceAdeyemi.Message("OOH", "WEST", "O1", "ADT^A28", "20230301090000", "EVN|A28|20230301090000", "PID|1||X1^^^WEST^MR||Other^Someone||19700101|F", "PV1|1|N"));
        await UsableAsync();
        await StopAsync();

        await StartAsync(TimeProvider.System);
        await Rooms.GetRequiredService<Accounts>().AddDemoAccountsAsync(PatientId.Of(new SourceId("practice"), "g1"));
        await PushAsync("practice", GraceAdeyemi.FromThePractice());
        await PushAsync("council", GraceAdeyemi.FromTheCouncil());
        foreach (string message in GraceAdeyemi.FromTheHospital(TimeProvider.System.GetUtcNow())
            .Concat(GraceAdeyemi.FromTheNorthernLaboratory())
            .Concat(GraceAdeyemi.FromTheSouthernLaboratory()))
        {
            await SendAsync(message);
        }

        await UsableAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Sends over MLLP and expects the acknowledgement that it is safe.</summary>
    public async Task SendAsync(string message)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, Rooms.GetRequiredService<MllpService>().Ports[0], TestContext.Current.CancellationToken);
        NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync((byte[])[0x0B, .. Encoding.UTF8.GetBytes(message), 0x1C, 0x0D], TestContext.Current.CancellationToken);
        byte[] answer = new byte[4096];
        int length = await stream.ReadAsync(answer, TestContext.Current.CancellationToken);
        Assert.Contains("|AA|", Encoding.UTF8.GetString(answer, 0, length).Replace("MSA|AA", "MSA|AA|", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>Posts a transaction as a client, and expects that every entry is taken.</summary>
    public async Task PushAsync(string client, string bundle)
    {
        TokenOutcome token = await Rooms.GetRequiredService<ClientTokens>().IssueAsync(client, Role.SystemClient, 1, TestContext.Current.CancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Address, "/fhir"))
        {
            Content = new StringContent(bundle, Encoding.UTF8, "application/fhir+json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<TokenOutcome.Issued>(token).Token);
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits until every message that was acknowledged is in the record or in the dead letters.</summary>
    public async Task UsableAsync()
    {
        FeedBoard feeds = Rooms.GetRequiredService<FeedBoard>();
        for (int tries = 0; feeds.Feeds().Sum(feed => feed.Waiting) > 0; tries++)
        {
            Assert.True(tries < 600, "Messages are still waiting after a minute.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task StartAsync(TimeProvider time)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Database:Folder"] = folder,
            ["Server:Url"] = "http://127.0.0.1:0",
            ["Intake:Mllp:0:Port"] = "0",
            ["Access:DemoAccounts"] = "true",
        };
        (string Code, string Name, string Organisation, string? Application, string? Facility, int Expected)[] sources =
        [
            ("practice", "Riverside Surgery records", "Riverside Surgery (F83999)", null, null, 60),
            ("hospital", "Northern Hospital administration", "Northern Hospital (RZZ99)", "PAS", "NORTH", 60),
            ("lab-north", "Northern pathology", "Northern Hospital (RZZ99)", "LAB", "NORTH", 60),
            ("lab-south", "Southern pathology", "Southern Hospital (RZZ98)", "LAB", "SOUTH", 60),
            ("council", "Canonbury social care", "Canonbury Council (E09999)", null, null, 60),
            ("community", "East community services", "East Community Trust (RZZ97)", "CMH", "EAST", 30),
            ("urgent-care", "West urgent care", "West Urgent Care (RZZ96)", "OOH", "WEST", 120),
        ];
        for (int i = 0; i < sources.Length; i++)
        {
            settings[$"Intake:Sources:{i}:Code"] = sources[i].Code;
            settings[$"Intake:Sources:{i}:Name"] = sources[i].Name;
            settings[$"Intake:Sources:{i}:Organisation"] = sources[i].Organisation;
            settings[$"Intake:Sources:{i}:Application"] = sources[i].Application;
            settings[$"Intake:Sources:{i}:Facility"] = sources[i].Facility;
            settings[$"Intake:Sources:{i}:ExpectedMinutes"] = sources[i].Expected.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        app = Program.Build(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), services => services.AddSingleton(time));
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task StopAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private sealed class EarlierClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }
}
