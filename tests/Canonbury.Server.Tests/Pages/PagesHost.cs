using System.Text;
using Canonbury.Access;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Database;
using Canonbury.Database.Migrations;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Record.Reading;
using Canonbury.Server.Web;
using Canonbury.Server.Web.Pages.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>The pages on a real Kestrel with the real door, accounts and audit; only the people are made up.</summary>
public sealed class PagesHost : IAsyncLifetime
{
    public const string Letter = "Dear doctor, <b>she</b> is well.";

    private readonly List<IReadOnlyList<string>?> replayed = [];
    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-pages").FullName;
    private WebApplication app = null!;

    public Uri Address => new(app.Urls.First());

    public static PersonId Person => MadeUpRecord.Of([]).Person;

    /// <summary>Which dead letters were put back; null stands for all.</summary>
    public IReadOnlyList<IReadOnlyList<string>?> Replayed => replayed;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Database:Folder"] = folder, ["Access:DemoAccounts"] = "true" });
        builder.Services.AddSingleton<TimeProvider>(new MadeUpClock())
            .AddDatabase(builder.Configuration)
            .AddAccess(builder.Configuration)
            .AddPages()
            .AddSingleton<RegisterSource>((_, _, _, _) => Task.CompletedTask);
        AddMadeUpReaders(builder.Services);

        app = builder.Build();
        app.UsePages();
        app.UseAccess();
        app.MapPages();
        app.Services.GetRequiredService<Migrator>().Migrate();
        await app.Services.GetRequiredService<Accounts>().AddDemoAccountsAsync(MadeUpRecord.Patient(MadeUpRecord.Gp, "{}").Id);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private void AddMadeUpReaders(IServiceCollection services)
    {
        // Demonstration residents are found through links; here everyone is the one made-up person.
        services.AddSingleton<FindPersonOf>((_, _) => ValueTask.FromResult<PersonId?>(Person));
        services.AddSingleton<ReadRecord>(
            (grant, _) => ValueTask.FromResult(grant.Person == Person ? MadeUpRecord.Of(MadeUpRecord.Full) : null));
        services.AddSingleton<ReadItem>((_, type, id, _) => ValueTask.FromResult(
            MadeUpRecord.Full.FirstOrDefault(item => item.Type == type && item.FhirId == id) is { } item ? Detail(item) : null));
        services.AddSingleton<FindPossibleOthers>((_, _) => []);
        services.AddSingleton<ListSources>(_ => ValueTask.FromResult(MadeUpRecord.Sources));
        services.AddSingleton<FindPeople>((_, query, _) => Task.FromResult<IReadOnlyList<PersonHit>>(query.Text == "nobody" ? [] : [Hit]));
        services.AddSingleton<ListFeeds>(
            (_, _) => Task.FromResult<IReadOnlyList<FeedRow>>([new FeedRow("mllp-2575", MadeUpRecord.Sources[1], 12345, 20, 3, 1, 0)]));
        services.AddSingleton<ListDeadLetters>((_, _, _) => Task.FromResult<IReadOnlyList<DeadLetter>>(
        [
            new DeadLetter(
                "7-a", new SourceId("hospital"), "mllp-2575", "ORU^R01", MadeUpRecord.Now, 1, "OBX-5", "value-type-unknown",
                "The value type is not in HL7 table 0125."),
        ]));
        services.AddSingleton<ReplayDeadLetters>((_, keys, _) =>
        {
            replayed.Add(keys);
            return Task.FromResult(keys?.Count ?? 1);
        });
        services.AddSingleton<ListUnmapped>(
            (_, _) => Task.FromResult<IReadOnlyList<UnmappedCount>>([new UnmappedCount(new SourceId("hospital"), "ADT^A01", "PV2-3", 4, 4)]));
        services.AddSingleton<ListFindings>((_, _) => Task.FromResult<IReadOnlyList<FindingCount>>(
            [new FindingCount(new SourceId("hospital"), "PID-3", "nhs-number-invalid", "The NHS number fails its check.", 3, MadeUpRecord.Now)]));
        services.AddSingleton<ListQuarantine>((_, _) => Task.FromResult<IReadOnlyList<QuarantinedPatient>>(
            [new QuarantinedPatient(new SourceId("hospital"), "Two dates of birth for one NHS number", MadeUpRecord.Now)]));
    }

    private static PersonHit Hit => new(
        Person, "OKAFOR, Ngozi Mary (Mrs)", new DateOnly(1952, 2, 29), "female", "9990000018", true, "14 Compton Terrace", "N1 9ZZ", false,
        [(MadeUpRecord.Gp, "4471"), (MadeUpRecord.Hospital, "H0012345")], 1);

    private static ItemDetail Detail(RecordItem item)
    {
        string data = Convert.ToBase64String(Encoding.UTF8.GetBytes(Letter));
        string json = item.Card.Section == Section.Documents
            ? $$$"""{"resourceType":"DocumentReference","content":[{"attachment":{"contentType":"text/plain","data":"{{{data}}}"}}]}"""
            : $$$"""{"resourceType":"{{{item.Type}}}","id":"{{{item.FhirId}}}","code":{"text":"As sent"}}""";
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return new ItemDetail(item, bytes, [new ItemVersion(item.Version, item.SourceTime, item.ReceivedAt, item.Message, false, bytes)]);
    }

    /// <summary>Runs as fast as the real one, from the moment of the made-up record.</summary>
    private sealed class MadeUpClock : TimeProvider
    {
        private readonly long start = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => MadeUpRecord.Now + System.GetElapsedTime(start);
    }
}
