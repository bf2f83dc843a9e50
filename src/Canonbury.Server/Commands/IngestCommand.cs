using System.CommandLine;
using Canonbury.Database.Migrations;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources.FileDrop;
using Canonbury.Translate;
using Spectre.Console;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury ingest FILE...</c>: stores the HL7 v2 messages of files in the inbox; a running server makes records of them.</summary>
internal static class IngestCommand
{
    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "Files of HL7 v2 messages: one after the other, or batches (FHS, BHS).", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Source = new("--source")
    {
        HelpName = "CODE",
        Description = "Whose messages these are. Default: MSH-3 and MSH-4 say it.",
    };

    private static readonly Option<string> Zone = new("--zone")
    {
        HelpName = "ZONE", Description = "The zone of times without an offset.", DefaultValueFactory = _ => "Europe/London",
    };

    public static Command Make()
    {
        Command command = new("ingest", "Take in files of HL7 v2 messages.") { Files, Source, Zone };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Feed feed = FeedOf(parsed.GetValue(Source), parsed.GetValue(Zone)!);
        string[] files = parsed.GetValue(Files)!;
        foreach (string missing in files.Where(file => !File.Exists(file)))
        {
            throw new WrongSettingException($"{missing} is not there.");
        }

        await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed));
        rooms.GetRequiredService<Migrator>().Migrate();
        FileIngest ingest = ActivatorUtilities.CreateInstance<FileIngest>(rooms);
        bool sound = true;
        foreach (string file in files)
        {
            FileOutcome outcome = await IngestAsync(ingest, feed, file, cancellation);
            Console.WriteLine($"{file}: {outcome.Messages} messages are in the inbox, {outcome.Duplicates} of them were before.");
            foreach (Finding finding in outcome.Findings)
            {
                sound = false;
                await Console.Error.WriteLineAsync($"{file}: {finding.Path}: {finding.Words} ({finding.Code})");
            }
        }

        return sound ? ExitCode.Done : ExitCode.Incomplete;
    }

    private static async Task<FileOutcome> IngestAsync(FileIngest ingest, Feed feed, string file, CancellationToken cancellation)
    {
        if (!Terminal.Error.Profile.Capabilities.Interactive)
        {
            return await ingest.IngestAsync(feed, file, null, cancellation);
        }

        return await Terminal.Error.Progress().StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask(Path.GetFileName(file).EscapeMarkup());
            return await ingest.IngestAsync(feed, file, progress => bar.Value(100.0 * progress.Bytes / Math.Max(1, progress.TotalBytes)), cancellation);
        });
    }

    private static Feed FeedOf(string? source, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known))
        {
            throw new WrongSettingException($"--zone must be a time zone such as Europe/London; {zone} is not known here.");
        }

        return new Feed("files", source is null ? null : new SourceId(source), known);
    }
}
