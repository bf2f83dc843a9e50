using System.CommandLine;
using Canonbury.Database;
using Canonbury.Database.Migrations;
using Canonbury.Server.Commands.Doctor;
using Spectre.Console;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury doctor</c>: looks at what the program needs and says what to change.</summary>
internal static class DoctorCommand
{
    public static Command Make()
    {
        Command command = new("doctor", "Check ports, database, schema, disk, clock and assets, and say what to change.");
        command.SetAction(async (parsed, _) =>
        {
            IConfigurationRoot settings = SharedFlags.Settings(parsed);
            bool bad = false;
            await foreach (Finding finding in LookAsync(settings))
            {
                bad |= finding.Verdict == Verdict.Bad;
                Print(finding);
            }

            return bad ? ExitCode.Incomplete : ExitCode.Done;
        });
        return command;
    }

    private static async IAsyncEnumerable<Finding> LookAsync(IConfigurationRoot settings)
    {
        string folder = settings.GetValue("Database:Folder", "data")!;
        Finding writable = MachineChecks.DataFolder(folder);
        yield return writable;
        if (writable.Verdict == Verdict.Good)
        {
            yield return MachineChecks.Disk(folder);
        }

        yield return await MachineChecks.HttpPortAsync(settings.GetValue("Server:Url", new ServerOptions().Url)!);
        yield return MachineChecks.MllpPort(settings.GetValue("Intake:Mllp:0:Port", 2575));
        yield return MachineChecks.Zone(settings.GetValue("Intake:Mllp:0:Zone", "Europe/London")!);
        yield return MachineChecks.Assets();

        await using ServiceProvider rooms = Rooms.Open(settings);
        RecordDatabase database = rooms.GetRequiredService<RecordDatabase>();
        Finding reached = DatabaseChecks.Reach(database);
        yield return reached;
        if (reached.Verdict == Verdict.Good)
        {
            yield return DatabaseChecks.Schema(rooms.GetRequiredService<Migrator>());
        }

        yield return MachineChecks.Clock(rooms.GetRequiredService<TimeProvider>(), reached.Verdict == Verdict.Good ? DatabaseChecks.Time(database) : null);
    }

    private static void Print(Finding finding)
    {
        (string word, string colour) = finding.Verdict switch
        {
            Verdict.Good => ("ok  ", "green"),
            Verdict.Look => ("look", "yellow"),
            _ => ("BAD ", "red"),
        };
        // Not the library's own lines: it breaks them at 80 columns where the output is no terminal.
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine($"{word} {finding.Check}: {finding.Words}");
            return;
        }

        AnsiConsole.MarkupLine($"[{colour}]{word}[/] {finding.Check.EscapeMarkup()}: {finding.Words.EscapeMarkup()}");
    }
}
