using System.CommandLine;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Database.Migrations;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury token</c>: prints a bearer token for a system client, and nothing else.</summary>
internal static class TokenCommand
{
    public static Command Make()
    {
        Option<string> client = new("--client")
        {
            HelpName = "NAME", Description = "The client, which is also the name of its source; registered when it is new.", DefaultValueFactory = _ => "local-client",
        };
        Option<int> hours = new("--hours")
        {
            HelpName = "N",
            Description = "For how long the token is valid.",
            DefaultValueFactory = _ => 24,
        };
        Option<string> reads = new("--reads")
        {
            HelpName = "own|record",
            Description = "What the client may read: its own source's resources, or the whole record, every source's. It writes its own either way.",
            DefaultValueFactory = _ => "own",
        };
        reads.AcceptOnlyFromAmong("own", "record");
        Command command = new("token", "Print a bearer token for a system client of /fhir.") { client, reads, hours };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed), ("Access:StrictAudit", "false"));
            rooms.GetRequiredService<Migrator>().Migrate();
            Console.WriteLine(await IssueAsync(rooms, parsed.GetValue(client)!, parsed.GetValue(reads) == "record", parsed.GetValue(hours), cancellation));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Registers the client where it is new and makes a token. Throws <see cref="WrongSettingException"/> where the name or the hours are refused.</summary>
    public static async Task<string> IssueAsync(IServiceProvider rooms, string client, bool readsRecord, int hours, CancellationToken cancellation) =>
        await rooms.GetRequiredService<ClientTokens>().IssueAsync(client, readsRecord ? Role.RecordClient : Role.SystemClient, hours, cancellation) switch
        {
            TokenOutcome.Issued issued => issued.Token,
            TokenOutcome.Refused refused => throw new WrongSettingException(refused.Words),
            _ => throw new InvalidOperationException("A token was neither issued nor refused."),
        };
}
