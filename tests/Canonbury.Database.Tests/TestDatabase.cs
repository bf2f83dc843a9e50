using Canonbury.Database.Commit;
using Canonbury.Database.Leases;
using Canonbury.Database.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Canonbury.Database.Tests;

/// <summary>
/// A fresh, migrated database for one test: a SQLite file in a temporary folder, or a database of its own on the PostgreSQL that
/// <c>CANONBURY_TEST_POSTGRES</c> names.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? admin;
    private readonly string? name;

    private TestDatabase(DatabaseOptions options, string? admin, string? name, TimeProvider clock)
    {
        this.admin = admin;
        this.name = name;
        Options = options;
        Database = new RecordDatabase(Microsoft.Extensions.Options.Options.Create(options));
        new Migrator(Database, NullLogger<Migrator>.Instance).Migrate();
        Committer = new GroupCommitter(Database, Microsoft.Extensions.Options.Options.Create(options), clock, NullLogger<GroupCommitter>.Instance);
    }

    public static string? PostgreSql { get; } = Environment.GetEnvironmentVariable("CANONBURY_TEST_POSTGRES");

    /// <summary>Whether there is a PostgreSQL to test on: for <c>SkipUnless</c> of tests that are about PostgreSQL alone.</summary>
    public static bool HasPostgreSql => PostgreSql is not null;

    public DatabaseOptions Options { get; }

    public RecordDatabase Database { get; }

    public GroupCommitter Committer { get; }

    public static TestDatabase Create(Engine engine, TimeProvider? clock = null)
    {
        DatabaseOptions options = new() { Folder = Directory.CreateTempSubdirectory("canonbury-test-").FullName, SqliteCacheMiB = 16 };
        if (engine == Engine.Sqlite)
        {
            return new TestDatabase(options, null, null, clock ?? TimeProvider.System);
        }

        string name = "test_" + Guid.NewGuid().ToString("N");
        Run(PostgreSql!, $"CREATE DATABASE {name}");
        options.PostgreSql = new NpgsqlConnectionStringBuilder(PostgreSql) { Database = name }.ToString();
        return new TestDatabase(options, PostgreSql, name, clock ?? TimeProvider.System);
    }

    /// <summary>Another process on the same database, as far as leases go.</summary>
    public BucketLeases Leases(TimeProvider? clock = null) =>
        new(Database, ProcessIdentity.New(), clock ?? TimeProvider.System, NullLogger<BucketLeases>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Committer.DisposeAsync();
        Database.Dispose();
        if (name is not null)
        {
            NpgsqlConnection.ClearAllPools();
            Run(admin!, $"DROP DATABASE {name} WITH (FORCE)");
        }

        Directory.Delete(Options.Folder, recursive: true);
    }

    private static void Run(string connectionString, string sql)
    {
        using NpgsqlConnection connection = new(connectionString);
        connection.Open();
#pragma warning disable CA2100 // The name is a GUID of our own.
        using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
