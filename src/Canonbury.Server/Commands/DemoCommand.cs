using System.CommandLine;
using Canonbury.Access.Callers;
using Canonbury.Borough.People;
using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Sources.Mllp;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury demo</c>: the server with demonstration accounts, and the synthetic borough that sends to it over real sockets.</summary>
internal static class DemoCommand
{
    /// <summary>The clients as which the borough's FHIR systems send; the keys are the systems' codes.</summary>
    private static readonly Dictionary<string, string> Clients = new() { ["gp"] = "gp-system", ["asc"] = "social-care" };

    /// <summary>The demonstration accounts, and the borough's systems as sources with names; their FHIR ids are mapped, for two systems share some.</summary>
    private static Dictionary<string, string?> DemoSettings()
    {
        Dictionary<string, string?> settings = new() { ["Access:DemoAccounts"] = "true" };
        for (int i = 0; i < SourceSystem.All.Count; i++)
        {
            SourceSystem system = SourceSystem.All[i];
            settings[$"Intake:Sources:{i}:Code"] = Clients.GetValueOrDefault(system.Code, system.Code);
            settings[$"Intake:Sources:{i}:Name"] = system.Organisation;
            settings[$"Intake:Sources:{i}:Organisation"] = system.Organisation;
            settings[$"Intake:Sources:{i}:Application"] = system.Application;
            settings[$"Intake:Sources:{i}:Facility"] = system.Facility;
            settings[$"Intake:Sources:{i}:ExpectedMinutes"] = "60";
        }

        return settings;
    }

    private static readonly Option<long> Residents = new("--residents")
    {
        HelpName = "N",
        Description = "How many synthetic people.",
        DefaultValueFactory = _ => 2_000,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        HelpName = "N",
        Description = "The same seed makes the same people.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> Rate = new("--rate")
    {
        HelpName = "N", Description = "How many things happen a second once the histories are sent.", DefaultValueFactory = _ => 2,
    };

    public static Command Make()
    {
        Command command = new("demo", "Run the server with demonstration accounts and a synthetic borough that sends to it.") { Residents, Seed, Rate };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Residents) < 1)
        {
            throw new WrongSettingException("--residents must be 1 or more.");
        }

        await using WebApplication app = Program.Build(SharedFlags.Settings(parsed, DemoSettings()));
        await app.StartAsync(cancellation);
        BoroughOptions borough = new(
            parsed.GetValue(Residents), parsed.GetValue(Seed), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date.AddDays(-1)));
        DemoExample example = DemoExample.Of(borough);
        await app.Services.GetRequiredService<Accounts>().AddDemoAccountsAsync(example.PatientIn(new SourceId(Clients["gp"])));
        string url = app.Urls.First();
        Print(url, example.Resident);

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        SimulationProgress end = await SimulationView.RunAsync(await OptionsAsync(parsed, app, borough, example, stop.Token), stop.Token);
        SimulationView.PrintEnd(end);
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    private static async Task<SimulationOptions> OptionsAsync(
        ParseResult parsed, WebApplication app, BoroughOptions borough, DemoExample example, CancellationToken cancellation)
    {
        Dictionary<string, string> tokens = [];
        foreach ((string system, string client) in Clients)
        {
            tokens[system] = await TokenCommand.IssueAsync(app.Services, client, readsRecord: false, 24 * 7, cancellation);
        }

        return new SimulationOptions
        {
            Residents = borough.Residents,
            Seed = borough.Seed,
            AsOf = borough.AsOf,
            First = example.Resident.Number,
            Mode = SimulationMode.Trickle,
            Rate = parsed.GetValue(Rate),
            MllpHost = "127.0.0.1",
            MllpPort = app.Services.GetRequiredService<MllpService>().Ports[0],
            FhirUrl = new Uri(app.Urls.First().TrimEnd('/') + "/fhir"),
            FhirTokens = tokens,
        };
    }

    private static void Print(string url, Resident example)
    {
        Console.WriteLine();
        Console.WriteLine($"  Canonbury is ready: {url}");
        Console.WriteLine("  Everyone in it is made up. Six systems send their histories now; after that, something happens every second or so.");
        Console.WriteLine();
        Console.WriteLine($"  1. Open {url} and sign in as gp, password {DemoAccounts.Password}.");
        Console.WriteLine($"  2. Find {example.Given} {example.Family}, born {example.Born:d MMMM yyyy}, NHS number {Spaced(example.NhsNumber!)}. Say why, and open the record.");
        Console.WriteLine($"  3. Sign out, and sign in as {DemoAccounts.Resident}: the same record as that person sees it.");
        Console.WriteLine("  4. Sign in as operations: what has arrived, and what could not be used.");
        Console.WriteLine();
        Console.WriteLine("  The other accounts, with the same password:");
        foreach (DemoAccount account in DemoAccounts.All.Where(account => account.Name is not ("gp" or "operations" or DemoAccounts.Resident)))
        {
            Console.WriteLine($"    {account.Name,-12}{account.About}");
        }

        Console.WriteLine();
        Console.WriteLine("  Ctrl-C ends it. The data stays in its folder, and the next start goes on with it.");
        Console.WriteLine();
    }

    private static string Spaced(string number) => $"{number[..3]} {number[3..6]} {number[6..]}";
}
