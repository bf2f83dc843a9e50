using Canonbury.Database;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Backups;

/// <summary>Puts a backup in the place of the data. Nothing is changed before the backup is known to be whole.</summary>
internal sealed class Restore(IOptions<DatabaseOptions> options)
{
    /// <param name="replace">True: data that is there is moved aside first (SQLite) or replaced (PostgreSQL).</param>
    /// <returns>When the backup was taken.</returns>
    public async Task<DateTimeOffset> RunAsync(string folder, bool replace, CancellationToken cancellation)
    {
        BackupManifest manifest = BackupManifest.ReadAndCheck(folder);
        bool postgres = !string.IsNullOrWhiteSpace(options.Value.PostgreSql);
        if (manifest.Engine != (postgres ? nameof(Engine.PostgreSql) : nameof(Engine.Sqlite)))
        {
            throw new InvalidDataException($"The backup is one of {manifest.Engine}: {(postgres ? "leave out" : "give")} --database.");
        }

        Directory.CreateDirectory(options.Value.Folder);
        string journal = Path.Combine(options.Value.Folder, "audit");
        string database = Path.Combine(options.Value.Folder, Backup.SqliteFile);
        if ((File.Exists(database) && !postgres) || Directory.Exists(journal))
        {
            if (!replace)
            {
                throw new IOException($"{Path.GetFullPath(options.Value.Folder)} holds data: name an empty folder with --data, or give --replace. Stop the server first.");
            }

            if (IsInUse(journal))
            {
                throw new IOException($"A server is running on {Path.GetFullPath(options.Value.Folder)}: stop it first. What it acknowledged meanwhile would be lost.");
            }

            MoveAside(database, journal);
        }

        if (postgres)
        {
            await PostgreSqlTools.RestoreAsync(options.Value.PostgreSql!, Path.Combine(folder, Backup.PostgreSqlFile), replace, cancellation);
        }
        else
        {
            File.Copy(Path.Combine(folder, Backup.SqliteFile), database);
        }

        if (Directory.Exists(Path.Combine(folder, "audit")))
        {
            Directory.CreateDirectory(journal);
            foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "audit")))
            {
                File.Copy(file, Path.Combine(journal, Path.GetFileName(file)));
            }
        }

        return manifest.TakenAt;
    }

    /// <summary>A server that runs keeps its part of the audit journal for itself.</summary>
    private static bool IsInUse(string journal)
    {
        foreach (string file in Directory.Exists(journal) ? Directory.EnumerateFiles(journal) : [])
        {
            try
            {
                using FileStream own = new(file, FileMode.Open, FileAccess.Read, FileShare.None);
            }
            catch (IOException)
            {
                return true;
            }
        }

        return false;
    }

    private void MoveAside(string database, string journal)
    {
        string aside = Path.Combine(options.Value.Folder, $"before-restore-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(aside);
        foreach (string file in new[] { database, database + "-wal", database + "-shm" }.Where(File.Exists))
        {
            File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        }

        if (Directory.Exists(journal))
        {
            Directory.Move(journal, Path.Combine(aside, "audit"));
        }
    }
}
