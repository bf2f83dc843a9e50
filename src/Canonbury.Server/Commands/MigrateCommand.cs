using System.CommandLine;
using Canonbury.Database.Migrations;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury migrate</c>: brings the schema up to date without serving anything.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        Option<bool> look = new("--dry-run") { Description = "Only say what would be done." };
        Command command = new("migrate", "Bring the database's schema up to date. 'serve' does it by itself at start.") { look };
        command.SetAction(async (parsed, _) =>
        {
            await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed));
            Migrator migrator = rooms.GetRequiredService<Migrator>();
            IReadOnlyList<string> pending = migrator.Pending();
            foreach (string script in pending)
            {
                Console.WriteLine(script);
            }

            if (parsed.GetValue(look))
            {
                Console.WriteLine($"{pending.Count} to do.");
                return ExitCode.Done;
            }

            migrator.Migrate();
            Console.WriteLine($"{pending.Count} done; the schema is up to date.");
            return ExitCode.Done;
        });
        return command;
    }
}
