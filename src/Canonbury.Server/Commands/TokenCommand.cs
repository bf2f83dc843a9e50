using System.CommandLine;
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
        Command command = new("token", "Print a bearer token for a system client that reads and writes its own resources at /fhir.") { client, hours };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed), ("Access:StrictAudit", "false"));
            rooms.GetRequiredService<Migrator>().Migrate();
            Console.WriteLine(await IssueAsync(rooms, parsed.GetValue(client)!, parsed.GetValue(hours), cancellation));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Registers the client where it is new and makes a token. Throws <see cref="WrongSettingException"/> where the name or the hours are refused.</summary>
    public static async Task<string> IssueAsync(IServiceProvider rooms, string client, int hours, CancellationToken cancellation) =>
        await rooms.GetRequiredService<ClientTokens>().IssueAsync(client, hours, cancellation) switch
        {
            TokenOutcome.Issued issued => issued.Token,
            TokenOutcome.Refused refused => throw new WrongSettingException(refused.Words),
            _ => throw new InvalidOperationException("A token was neither issued nor refused."),
        };
}
