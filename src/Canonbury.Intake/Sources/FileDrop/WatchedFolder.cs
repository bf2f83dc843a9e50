using System.Globalization;
using Canonbury.Intake.Inbox;
using Microsoft.Extensions.Logging;

namespace Canonbury.Intake.Sources.FileDrop;

/// <summary>
/// One watched folder. A file is read when it has kept its size and time between two looks (or was renamed into place), then moved to
/// <c>done/</c> with the day, or to <c>failed/</c> with its reason beside it. A crash in between reads it again, which has no effect.
/// </summary>
public sealed class WatchedFolder(Feed feed, string folder, FileIngest ingest, TimeProvider time, ILogger log)
{
    /// <summary>Names that senders use for files they are still writing.</summary>
    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".filepart", ".writing", ".reason"];

    private Dictionary<string, (long Length, DateTime Written)> seen = [];

    /// <summary>Reads every file that is ready, in the order of their names; returns how many it dealt with.</summary>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        FileInfo[] files = [.. new DirectoryInfo(folder).EnumerateFiles().Where(IsFinished).OrderBy(file => file.Name, StringComparer.Ordinal)];
        Dictionary<string, (long Length, DateTime Written)> now = files.ToDictionary(file => file.Name, file => (file.Length, file.LastWriteTimeUtc));
        FileInfo[] ready = [.. files.Where(file => seen.TryGetValue(file.Name, out (long, DateTime) before) && before == now[file.Name])];
        seen = now;
        foreach (FileInfo file in ready)
        {
            cancellation.ThrowIfCancellationRequested();
            await ReadAsync(file, cancellation);
        }

        return ready.Length;
    }

    private static bool IsFinished(FileInfo file) =>
        !file.Name.StartsWith('.') && !file.Attributes.HasFlag(FileAttributes.ReparsePoint) && !Unfinished.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);

    private async Task ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        FileOutcome outcome;
        try
        {
            outcome = await ingest.IngestAsync(feed, file.FullName, null, cancellation);
        }
        catch (InboxUnavailableException exception)
        {
            log.LogWarning("Feed {Feed}: a file waits, the inbox cannot store now: {Reason}", feed.Id, exception.Message);
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogError("Feed {Feed}: a file cannot be read ({Type}): give the service the right to read and move the files of the watched folder", feed.Id, exception.GetType());
            return;
        }

        if (outcome.IsSound)
        {
            string day = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Move(file, Path.Combine(folder, "done", day));
            log.LogInformation("Feed {Feed}: a file with {Messages} messages was read, {Duplicates} of them known before", feed.Id, outcome.Messages, outcome.Duplicates);
            return;
        }

        string failed = Move(file, Path.Combine(folder, "failed"));
        string[] reasons =
        [
            $"{outcome.Messages} messages of this file were stored ({outcome.Duplicates} were known before).",
            .. outcome.Findings.Select(finding => $"{finding.Path}: {finding.Words} ({finding.Code})"),
            "Ask the sender for what is missing. A corrected file can be put into the watched folder again; messages that are known have no second effect.",
        ];
        await File.WriteAllLinesAsync(failed + ".reason", reasons, cancellation);
        log.LogWarning("Feed {Feed}: a file was moved to failed: {Codes}", feed.Id, string.Join(", ", outcome.Findings.Select(finding => finding.Code)));
    }

    /// <summary>Moves a file, under another name where that one is taken; returns the new path.</summary>
    private static string Move(FileInfo file, string target)
    {
        Directory.CreateDirectory(target);
        string path = Path.Combine(target, file.Name);
        for (int number = 1; File.Exists(path); number++)
        {
            path = Path.Combine(target, $"{Path.GetFileNameWithoutExtension(file.Name)}.{number}{file.Extension}");
        }

        file.MoveTo(path);
        return path;
    }
}
