using System.Diagnostics;
using System.Globalization;
using Canonbury.Database;
using Canonbury.Database.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Canonbury.Benchmarks.Road;

internal sealed record RawResult(long Messages, long Resources, long Versions, long Rows, double Seconds);

/// <summary>
/// What the bare database does with the rows that the road left: the same rows of the same tables, in transactions of as many messages as
/// the group commit takes, on one thread, with nothing decided and nothing read in between.
/// </summary>
internal static class RawRows
{
    private const int MessagesPerTransaction = 256;

    private static readonly string[] Tables = ["message_key", "message", "resource_version", "resource", "locator", "change", "patient", "identifier", "claim", "link", "person_patient", "find_name", "find_word"];

    public static RawResult Measure(string target)
    {
        using Target bare = Target.Beside(target);
        using RecordDatabase from = Target.Open(target);
        using Session read = from.Open();
        Dictionary<string, List<object?[]>> rows = Tables.ToDictionary(table => table, table => Rows(read, table));
        int messages = rows["message"].Count;
        int transactions = Math.Max(1, messages / MessagesPerTransaction);
        using Session write = bare.Database.Open();
        Dictionary<string, string> inserts = Tables.ToDictionary(table => table, table => Insert(table, rows[table].Count > 0 ? rows[table][0].Length : 1));
        Stopwatch clock = Stopwatch.StartNew();
        for (int i = 0; i < transactions; i++)
        {
            write.Begin();
            foreach (string table in Tables)
            {
                List<object?[]> all = rows[table];
                for (int row = (int)((long)all.Count * i / transactions); row < (int)((long)all.Count * (i + 1) / transactions); row++)
                {
                    write.Write(inserts[table], all[row]);
                }
            }

            write.Commit();
        }

        return new RawResult(messages, rows["resource"].Count, rows["resource_version"].Count, rows.Values.Sum(table => table.Count), clock.Elapsed.TotalSeconds);
    }

    private static string Insert(string table, int columns) =>
        $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Range(1, columns).Select(number => "$" + number.ToString(CultureInfo.InvariantCulture)))})";

    // In the order of arrival, near enough: rows of the tables by message are as the road wrote them.
    private static List<object?[]> Rows(Session session, string table) =>
        session.Query($"SELECT * FROM {table}", row => row.All()).Shuffled();

    private static List<T> Shuffled<T>(this List<T> rows)
    {
        Random random = new(5);
        for (int i = rows.Count - 1; i > 0; i--)
        {
            int j = random.Next(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }

        return rows;
    }

    /// <summary>An empty database of the same kind.</summary>
    private sealed class Target : IDisposable
    {
        private readonly string? folder;

        private Target(string target, string? folder)
        {
            this.folder = folder;
            Database = Open(target);
            new Migrator(Database, NullLogger<Migrator>.Instance).Migrate();
        }

        public RecordDatabase Database { get; }

        public static Target Beside(string target)
        {
            if (!ServerProcess.IsPostgreSql(target))
            {
                string folder = target.TrimEnd('/') + "-raw";
                return new Target(folder, folder);
            }

            string name = "raw_" + Guid.NewGuid().ToString("N")[..8];
            using NpgsqlConnection admin = new(target);
            admin.Open();
            using NpgsqlCommand create = admin.CreateCommand();
            create.CommandText = $"CREATE DATABASE {name}";
            create.ExecuteNonQuery();
            return new Target(new NpgsqlConnectionStringBuilder(target) { Database = name }.ToString(), null);
        }

        public static RecordDatabase Open(string target)
        {
            DatabaseOptions options = ServerProcess.IsPostgreSql(target) ? new() { Folder = Path.GetTempPath(), PostgreSql = target } : new() { Folder = target };
            return new RecordDatabase(Microsoft.Extensions.Options.Options.Create(options));
        }

        public void Dispose()
        {
            Database.Dispose();
            if (folder is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
