using System.CommandLine;
using Canonbury.Access.Callers;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;
using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
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
        await app.Services.GetRequiredService<Accounts>().AddDemoAccountsAsync(resident: null);
        string url = app.Urls.First();
        Print(url, Example(parsed));

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        SimulationProgress end = await SimulationView.RunAsync(await OptionsAsync(parsed, app, url, stop.Token), stop.Token);
        SimulationView.PrintEnd(end);
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    private static async Task<SimulationOptions> OptionsAsync(ParseResult parsed, WebApplication app, string url, CancellationToken cancellation)
    {
        Dictionary<string, string> tokens = [];
        foreach ((string system, string client) in Clients)
        {
            tokens[system] = await TokenCommand.IssueAsync(app.Services, client, 24 * 7, cancellation);
        }

        return new SimulationOptions
        {
            Residents = parsed.GetValue(Residents),
            Seed = parsed.GetValue(Seed),
            Mode = SimulationMode.Trickle,
            Rate = parsed.GetValue(Rate),
            MllpHost = "127.0.0.1",
            MllpPort = app.Services.GetRequiredService<MllpService>().Ports[0],
            FhirUrl = new Uri(url.TrimEnd('/') + "/fhir"),
            FhirTokens = tokens,
        };
    }

    /// <summary>Somebody whom many systems know, so that there is something to see.</summary>
    private static Resident Example(ParseResult parsed)
    {
        BoroughOptions borough = new(parsed.GetValue(Residents), parsed.GetValue(Seed), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date.AddDays(-1)));
        return SyntheticBorough.Create(borough).Residents()
            .Take(100)
            .Where(resident => resident is { Sensitive: false, NhsNumber: not null, Died: null })
            .MaxBy(resident => Registrations.Of(resident, HealthProfile.Of(resident, borough), borough).Select(registration => registration.System).Distinct().Count())!;
    }

    private static void Print(string url, Resident example)
    {
        Console.WriteLine();
        Console.WriteLine($"  Canonbury is ready: {url}");
        Console.WriteLine();
        Console.WriteLine("  Everyone in it is synthetic. Sign in as one of these, password " + DemoAccounts.Password + ":");
        foreach (DemoAccount account in DemoAccounts.All)
        {
            Console.WriteLine($"    {account.Name,-12}{account.About}");
        }

        Console.WriteLine();
        Console.WriteLine($"  Find, for example, {example.Given} {example.Family}, born {example.Born:d MMMM yyyy}, NHS number {example.NhsNumber}.");
        Console.WriteLine("  The record fills while you look: five systems are sending now. Press Ctrl-C to end.");
        Console.WriteLine();
    }
}
