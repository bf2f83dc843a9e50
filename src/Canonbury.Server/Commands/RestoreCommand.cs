using System.CommandLine;
using System.Globalization;
using Canonbury.Server.Backups;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury restore FOLDER</c>: puts a backup in the place of the data.</summary>
internal static class RestoreCommand
{
    public static Command Make()
    {
        Argument<string> folder = new("folder") { Description = "The folder of the backup." };
        Option<bool> replace = new("--replace")
        {
            Description = "Replace data that is there; SQLite's files are moved aside, not deleted.",
        };
        Command command = new("restore", "Check a backup and put it in the place of the data. Stop the server first.") { folder, replace };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed));
            DateTimeOffset taken = default;
            await Terminal.WithSpinnerAsync("Restoring ...", async () =>
                taken = await ActivatorUtilities.CreateInstance<Restore>(rooms).RunAsync(parsed.GetValue(folder)!, parsed.GetValue(replace), cancellation));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Restored as at {taken:yyyy-MM-dd HH:mm:ss} UTC. Senders have to send again what came after it."));
            return ExitCode.Done;
        });
        return command;
    }
}
