using System.Data.Common;
using Canonbury.Database;
using Canonbury.Database.Migrations;

namespace Canonbury.Server.Commands.Doctor;

/// <summary>Whether the database answers, what it is, and whether its schema is this program's.</summary>
internal static class DatabaseChecks
{
    public static Finding Reach(RecordDatabase database)
    {
        try
        {
            return Finding.Good("database", Version(database));
        }
        catch (Exception problem) when (problem is DbException or IOException or UnauthorizedAccessException)
        {
            return Finding.Bad("database", $"It cannot be opened ({problem.Message}). Check --database or --data, and that its server runs.");
        }
    }

    public static Finding Schema(Migrator migrator)
    {
        int pending = migrator.Pending().Count;
        return pending == 0
            ? Finding.Good("schema", "up to date")
            : Finding.Look("schema", $"{pending} migrations to do: 'canonbury serve' does them at start, or run 'canonbury migrate'.");
    }

    /// <summary>The clock of a PostgreSQL server; null for SQLite, which has none of its own.</summary>
    public static DateTimeOffset? Time(RecordDatabase database)
    {
        if (database.Engine == Engine.Sqlite)
        {
            return null;
        }

        using Session session = database.Open();
        return DateTimeOffset.FromUnixTimeMilliseconds(session.Query("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)", row => row.Long(0))[0]);
    }

    private static string Version(RecordDatabase database)
    {
        using Session session = database.Open();
        return database.Engine == Engine.Sqlite
            ? $"SQLite {session.Query("SELECT sqlite_version()", row => row.Text(0))[0]} at {Path.GetFullPath(database.SqliteFile)}"
            : $"PostgreSQL {session.Query("SELECT current_setting('server_version')", row => row.Text(0))[0]}";
    }
}
