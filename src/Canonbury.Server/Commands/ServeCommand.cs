using System.CommandLine;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        Command command = new("serve", "Run the server: MLLP intake, FHIR API and pages.");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using WebApplication app = Program.Build(SharedFlags.Settings(parsed));
            await app.StartAsync(cancellation);
            Console.WriteLine($"Canonbury is ready at {string.Join(" and ", app.Urls)}");
            await app.WaitForShutdownAsync(cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
