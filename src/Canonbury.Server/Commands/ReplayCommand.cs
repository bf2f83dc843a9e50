using System.CommandLine;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury replay</c>: puts messages back into the inbox, to be processed again by a running server.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string[]> Keys = new("key")
    {
        Description = "Dead letters by their keys, as Operations shows them. None: all of them.", Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Processed = new("--processed")
    {
        Description = "Not dead letters, but messages that were processed: after a mapping fix. Needs --from.",
    };

    private static readonly Option<string?> Source = new("--source")
    {
        HelpName = "CODE",
        Description = "With --processed: this source's only.",
    };

    private static readonly Option<DateTimeOffset?> From = new("--from")
    {
        HelpName = "TIME",
        Description = "With --processed: received at or after this time (2026-05-01 or 2026-05-01T10:00Z).",
    };

    private static readonly Option<DateTimeOffset?> Until = new("--until")
    {
        HelpName = "TIME",
        Description = "With --processed: received before this time. Default: now.",
    };

    public static Command Make()
    {
        Command command = new("replay", "Put dead letters, or processed messages, back into the inbox.") { Keys, Processed, Source, From, Until };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string[] keys = parsed.GetValue(Keys) ?? [];
        bool processed = parsed.GetValue(Processed);
        if (processed && (keys.Length > 0 || parsed.GetValue(From) is null))
        {
            throw new WrongSettingException("--processed takes no keys, and needs --from, so that not everything is processed again by a slip.");
        }

        if (!processed && (parsed.GetValue(Source) is not null || parsed.GetValue(From) is not null || parsed.GetValue(Until) is not null))
        {
            throw new WrongSettingException("--source, --from and --until go with --processed.");
        }

        await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed));
        DeadLetters letters = rooms.GetRequiredService<DeadLetters>();
        int count = processed
            ? await letters.ReplayProcessedAsync(
                parsed.GetValue(Source) is { } code ? new SourceId(code) : null,
                parsed.GetValue(From)!.Value,
                parsed.GetValue(Until) ?? rooms.GetRequiredService<TimeProvider>().GetUtcNow())
            : await letters.ReplayAsync(keys.Length > 0 ? keys : null);
        Console.WriteLine($"{count} messages are back in the inbox.");
        return processed || keys.Length == 0 || count == keys.Length ? ExitCode.Done : ExitCode.Incomplete;
    }
}
