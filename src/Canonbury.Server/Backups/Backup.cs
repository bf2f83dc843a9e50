using Canonbury.Database;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Backups;

/// <summary>
/// Copies the database and the audit journal while the server runs. The journal is copied before and after the database, so that every
/// entry is in one of the two, whatever the server stores or tidies up meanwhile.
/// </summary>
internal sealed class Backup(RecordDatabase database, IOptions<DatabaseOptions> options, TimeProvider clock)
{
    public const string SqliteFile = "canonbury.db";

    private const int MostAttempts = 50;

    private static readonly TimeSpan AttemptPause = TimeSpan.FromMilliseconds(100);

    public const string PostgreSqlFile = "canonbury.dump";

    /// <param name="folder">A new or empty folder.</param>
    public async Task TakeAsync(string folder, CancellationToken cancellation)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty: name a new folder for each backup.");
        }

        DateTimeOffset taken = clock.GetUtcNow();
        Directory.CreateDirectory(folder);
        CopyJournal(folder);
        if (database.Engine == Engine.Sqlite)
        {
            await Task.Run(() => CopySqlite(Path.Combine(folder, SqliteFile)), cancellation);
        }
        else
        {
            await PostgreSqlTools.DumpAsync(options.Value.PostgreSql!, Path.Combine(folder, PostgreSqlFile), cancellation);
        }

        CopyJournal(folder);
        BackupManifest.Write(folder, database.Engine.ToString(), taken);
    }

    // One read transaction of its own: writers go on, and the copy is as at one commit (SQLite, VACUUM INTO).
    private void CopySqlite(string file)
    {
        using Session session = database.Open();
        session.Execute("VACUUM INTO $1", file);
    }

    private void CopyJournal(string folder)
    {
        string journal = Path.Combine(options.Value.Folder, "audit");
        if (!Directory.Exists(journal))
        {
            return;
        }

        string copy = Path.Combine(folder, "audit");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.EnumerateFiles(journal))
        {
            CopyJournal(file, Path.Combine(copy, Path.GetFileName(file)));
        }
    }

    private static void CopyJournal(string file, string copy)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using FileStream from = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using FileStream to = File.Create(copy);
                from.CopyTo(to);
                return;
            }
            catch (FileNotFoundException)
            {
                // All of it went into the database meanwhile.
                return;
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(file))
            {
                // A process that ended has left it behind, and the server is taking it into the database just now.
                Thread.Sleep(AttemptPause);
            }
        }
    }
}
