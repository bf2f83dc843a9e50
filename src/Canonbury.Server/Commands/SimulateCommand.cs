using System.CommandLine;
using System.CommandLine.Parsing;
using Canonbury.Borough.Sending;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury simulate</c>: sends the synthetic borough to a server that runs, or writes it into files.</summary>
internal static class SimulateCommand
{
    private static readonly Option<long> Residents = new("--residents")
    {
        HelpName = "N",
        Description = "How many people.",
        DefaultValueFactory = _ => 2_000,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        HelpName = "N",
        Description = "The same seed makes the same people.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<DateOnly?> AsOf = new("--as-of")
    {
        HelpName = "DATE",
        Description = "The last day of the histories. Default: yesterday.",
    };

    private static readonly Option<SimulationMode> Mode = new("--mode")
    {
        Description = "Load: the histories, then end. Trickle: then go on with what happens now. Mix: half ADT and half ORU, for load tests.",
    };

    private static readonly Option<double> Rate = new("--rate")
    {
        HelpName = "N",
        Description = "Messages a second; 0 is as fast as they are taken.",
    };

    private static readonly Option<long> Messages = new("--messages")
    {
        HelpName = "N",
        Description = "Mix: how many messages; 0 is until stopped.",
    };

    private static readonly Option<bool> IdentityOnly = new("--identity-only") { Description = "Send only who the people are." };

    private static readonly Option<long> FullHistories = new("--full-histories")
    {
        HelpName = "N",
        Description = "With --identity-only: so many whole histories.",
    };

    private static readonly Option<string> Host = new("--mllp-host")
    {
        HelpName = "HOST", Description = "Where HL7 v2 is sent, on --mllp-port; 'none' sends none.", DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<int> Connections = new("--connections")
    {
        HelpName = "N",
        Description = "Connections at the same time.",
        DefaultValueFactory = _ => 4,
    };

    private static readonly Option<int> Window = new("--window")
    {
        HelpName = "N", Description = "Messages of one connection that may wait for their acknowledgement.", DefaultValueFactory = _ => 64,
    };

    private static readonly Option<Uri?> Fhir = new("--fhir")
    {
        HelpName = "URL",
        Description = "Where FHIR bundles are posted, such as http://127.0.0.1:8080/fhir. Default: nowhere.",
        CustomParser = Address,
    };

    private static readonly Option<string[]> Tokens = new("--token")
    {
        HelpName = "SYSTEM=TOKEN", Description = "The bearer token of a system that sends FHIR: gp=... or asc=... (canonbury token makes one).",
    };

    private static readonly Option<string?> Folder = new("--folder")
    {
        HelpName = "FOLDER",
        Description = "Also write the messages into files here.",
    };

    private static readonly Option<string?> Truth = new("--truth")
    {
        HelpName = "FILE",
        Description = "Write which patients are the same person, as CSV.",
    };

    private static Uri? Address(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        given.AddError("--fhir must be an address such as http://127.0.0.1:8080/fhir.");
        return null;
    }

    public static Command Make()
    {
        Command command = new("simulate", "Send the messages of a synthetic borough to a running server, or write them into files.")
        {
            Residents, Seed, AsOf, Mode, Rate, Messages, IdentityOnly, FullHistories, Host, Connections, Window, Fhir, Tokens, Folder, Truth,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            SimulationOptions options = Options(parsed);
            SimulationProgress end = await SimulationView.RunAsync(options, cancellation);
            SimulationView.PrintEnd(end);
            return end.Refused > 0 ? ExitCode.Incomplete : cancellation.IsCancellationRequested && options.Mode == SimulationMode.Load ? ExitCode.Interrupted : ExitCode.Done;
        });
        return command;
    }

    private static SimulationOptions Options(ParseResult parsed)
    {
        string host = parsed.GetValue(Host)!;
        int port = SharedFlags.Settings(parsed).GetValue("Intake:Mllp:0:Port", 2575);
        return new SimulationOptions
        {
            Residents = AtLeastOne(parsed, Residents),
            Seed = parsed.GetValue(Seed),
            AsOf = parsed.GetValue(AsOf),
            Mode = parsed.GetValue(Mode),
            Rate = parsed.GetValue(Rate),
            Messages = parsed.GetValue(Messages),
            IdentityOnly = parsed.GetValue(IdentityOnly),
            FullHistories = parsed.GetValue(FullHistories),
            MllpHost = host == "none" ? null : host,
            MllpPort = port,
            Connections = parsed.GetValue(Connections),
            Window = parsed.GetValue(Window),
            FhirUrl = parsed.GetValue(Fhir),
            FhirTokens = (parsed.GetValue(Tokens) ?? []).Select(Token).ToDictionary(pair => pair.System, pair => pair.Token),
            Folder = parsed.GetValue(Folder),
            TruthFile = parsed.GetValue(Truth),
        };
    }

    private static long AtLeastOne(ParseResult parsed, Option<long> option) =>
        parsed.GetValue(option) is > 0 and long number ? number : throw new WrongSettingException($"{option.Name} must be 1 or more.");

    private static (string System, string Token) Token(string given) => given.Split('=', 2) is [string system, string token]
        ? (system, token)
        : throw new WrongSettingException("--token must be a system and its token, such as gp=Abc...");
}
