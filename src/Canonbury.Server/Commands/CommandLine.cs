using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using Canonbury.Intake.Inbox;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Commands;

/// <summary>The command line: every command, and what its end means to the shell.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        ParseResult parsed = Root().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync();
            return ExitCode.Usage;
        }

        // The host ends by itself on Ctrl-C and SIGTERM; the library must not cut it off before Server:StopSeconds is over.
        InvocationConfiguration invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(11) };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception problem) when (Explain(problem) is (string words, int code))
        {
            await Console.Error.WriteLineAsync(words);
            return code;
        }
        catch (Exception bug)
        {
            await Console.Error.WriteLineAsync($"This is a bug in Canonbury, please report it:\n{bug}");
            return ExitCode.Failed;
        }
    }

    private static Command Root()
    {
        Command root = new("canonbury", "Canonbury: an integrated health and care record for a place.")
        {
            new HelpOption(),
            new VersionOption(),
            ServeCommand.Make(),
            DemoCommand.Make(),
            TokenCommand.Make(),
            SimulateCommand.Make(),
            IngestCommand.Make(),
            ReplayCommand.Make(),
            MigrateCommand.Make(),
            DoctorCommand.Make(),
            BackupCommand.Make(),
            RestoreCommand.Make(),
            AuditCommand.Make(),
        };
        SharedFlags.AddTo(root);
        return root;
    }

    // Failures that a person can do something about, in words; everything else is a bug and shows its stack.
    private static (string Words, int Code)? Explain(Exception problem) => problem switch
    {
        WrongSettingException wrong => (wrong.Message, ExitCode.Usage),
        OptionsValidationException wrong => ("Wrong settings:\n  " + string.Join("\n  ", wrong.Failures.Select(Plain)), ExitCode.Usage),
        OperationCanceledException => ("Stopped.", ExitCode.Interrupted),
        DbException database => ($"The database cannot be used: {database.Message}", ExitCode.Unavailable),
        InboxUnavailableException outside => (outside.Message, ExitCode.Unavailable),
        InvalidDataException outside => (outside.Message, ExitCode.Unavailable),
        IOException outside => (outside.Message, ExitCode.Unavailable),
        UnauthorizedAccessException outside => (outside.Message, ExitCode.Unavailable),
        InvalidOperationException { InnerException: DbException database } => ($"The database cannot be used: {database.Message}", ExitCode.Unavailable),
        InvalidOperationException { InnerException: FormatException or ArgumentException, Message: string words } => ($"Wrong settings:\n  {words}", ExitCode.Usage),
        _ => null,
    };

    // The framework wraps each message in the names of its own classes; the message itself names the setting.
    private static string Plain(string failure) =>
        failure.Split("with the error: '", 2) is [_, string words] ? words.TrimEnd('.', '\'') + "." : failure;
}
