using System.CommandLine;
using Canonbury.Server.Backups;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury backup FOLDER</c>: copies the data while the server runs.</summary>
internal static class BackupCommand
{
    public static Command Make()
    {
        Argument<string> folder = new("folder") { Description = "A new folder for this backup." };
        Command command = new("backup", "Copy the database and the audit journal into a folder, while the server runs.") { folder };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed));
            string to = parsed.GetValue(folder)!;
            await Terminal.WithSpinnerAsync("Copying ...", () => ActivatorUtilities.CreateInstance<Backup>(rooms).TakeAsync(to, cancellation));
            Console.WriteLine($"The backup is in {Path.GetFullPath(to)}.");
            return ExitCode.Done;
        });
        return command;
    }
}
