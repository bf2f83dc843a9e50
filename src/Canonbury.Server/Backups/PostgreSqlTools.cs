using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Canonbury.Server.Backups;

/// <summary>Runs PostgreSQL's own <c>pg_dump</c> and <c>pg_restore</c>; the password goes by environment, never on the command line.</summary>
internal static class PostgreSqlTools
{
    private static readonly string[] Replacing = ["--clean", "--if-exists"];

    public static Task DumpAsync(string connection, string file, CancellationToken cancellation) =>
        RunAsync("pg_dump", connection, ["--format=custom", "--no-owner", "--file", file], cancellation);

    public static Task RestoreAsync(string connection, string file, bool replace, CancellationToken cancellation) => RunAsync(
        "pg_restore",
        connection,
        ["--exit-on-error", "--no-owner", "--single-transaction", .. replace ? Replacing : [], "--dbname", Database(connection), file],
        cancellation);

    private static string Database(string connection) => new NpgsqlConnectionStringBuilder(connection) is { Database: string name } ? name : "postgres";

    private static async Task RunAsync(string tool, string connection, string[] arguments, CancellationToken cancellation)
    {
        NpgsqlConnectionStringBuilder to = new(connection);
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGPASSWORD"] = to.Password;
        start.Environment["PGDATABASE"] = Database(connection);
        try
        {
            using Process process = Process.Start(start) ?? throw new IOException($"{tool} could not be started.");
            string errors = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
            {
                throw new IOException($"{tool} failed: {errors.Trim()}");
            }
        }
        catch (Win32Exception)
        {
            throw new IOException($"{tool} is not here: install the Debian package postgresql-client.");
        }
    }
}
