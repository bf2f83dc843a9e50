using System.Diagnostics;
using Canonbury.Database;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources.FileDrop;
using Microsoft.Extensions.DependencyInjection;

namespace Canonbury.Server.Tests.Samples.Hl7v2;

/// <summary>What became of the messages of one origin.</summary>
internal sealed class OriginCounts
{
    /// <summary>Messages that the files hold.</summary>
    public long Messages { get; set; }

    /// <summary>Those of them that were taken in before.</summary>
    public long Duplicates { get; set; }

    public long InTheRecord { get; set; }

    /// <summary>By reason.</summary>
    public SortedDictionary<string, long> DeadLetters { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields that held a value which no map used.</summary>
    public long Unmapped { get; set; }
}

/// <summary>Takes in every file of HL7 v2 samples, each origin on a feed of its own, and waits until no message waits.</summary>
internal sealed class Hl7SampleRun(RunningServer server, string folder)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public SortedDictionary<string, OriginCounts> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are no messages, by what they are.</summary>
    public SortedDictionary<string, long> NotTaken { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with files, by code.</summary>
    public SortedDictionary<string, long> FileFindings { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        FileIngest ingest = ActivatorUtilities.CreateInstance<FileIngest>(server.Rooms);
        foreach (IGrouping<string, string> origin in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetDirectoryName(path) != folder)
            .GroupBy(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0])
            .OrderBy(files => files.Key, StringComparer.Ordinal))
        {
            long unmapped = Unmapped();
            OriginCounts counts = Origins[origin.Key] = new OriginCounts();
            Feed feed = new("files-" + origin.Key, null, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
            foreach (string path in origin.Order(StringComparer.Ordinal))
            {
                if (WhatElse(path) is { } other)
                {
                    NotTaken[other] = NotTaken.GetValueOrDefault(other) + 1;
                    continue;
                }

                FileOutcome outcome = await ingest.IngestAsync(feed, path, null, CancellationToken.None);
                counts.Messages += outcome.Messages;
                counts.Duplicates += outcome.Duplicates;
                foreach (string code in outcome.Findings.Select(finding => finding.Code))
                {
                    FileFindings[code] = FileFindings.GetValueOrDefault(code) + 1;
                }
            }

            await DrainAsync();
            Count(feed, counts);
            counts.Unmapped = Unmapped() - unmapped;
        }
    }

    public List<T> Query<T>(string sql, Func<Row, T> read, params object?[] values)
    {
        using Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open();
        return session.Query(sql, read, values);
    }

    /// <summary>A number for each of a few words.</summary>
    public List<(string Words, long Count)> Counts(string sql) => Query(sql, row => (row.Text(0), row.Long(1)));

    private async Task DrainAsync()
    {
        long start = Stopwatch.GetTimestamp();
        while (Query("SELECT count(*) FROM message WHERE state = 0", row => row.Long(0))[0] > 0)
        {
            if (Stopwatch.GetElapsedTime(start) > Longest)
            {
                throw new TimeoutException("Messages wait for longer than the pipeline can need.");
            }

            await Task.Delay(20);
        }
    }

    private long Unmapped() => Query("SELECT CAST(coalesce(sum(occurrences), 0) AS bigint) FROM unmapped", row => row.Long(0))[0];

    private void Count(Feed feed, OriginCounts counts)
    {
        foreach ((int state, string? reason, long count) in Query(
            "SELECT state, reason_code, count(*) FROM message WHERE feed = $1 GROUP BY state, reason_code",
            row => (row.Int(0), row.TextOrNull(1), row.Long(2)), feed.Id))
        {
            counts.InTheRecord += state == (int)MessageState.Done ? count : 0;
            if (state != (int)MessageState.Done)
            {
                counts.DeadLetters[reason ?? "no reason"] = count;
            }
        }
    }

    private static string? WhatElse(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => "tables of a simulator",
        ".yml" => "configuration of a simulator: message templates with placeholders",
        _ => null,
    };
}
