using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Canonbury.Database;

/// <summary>Opens sessions on the one database of this installation.</summary>
public sealed class RecordDatabase : IDisposable
{
    /// <summary>What a writer waits for a server that has fallen silent. Longer than any lock is held: a transaction that is idle for 5 seconds is ended.</summary>
    private const int WriterTimeoutSeconds = 15;

    private readonly ConcurrentBag<SqliteSession> idle = [];
    private readonly NpgsqlDataSource? postgres;
    private readonly NpgsqlDataSource? writers;
    private readonly DatabaseOptions options;

    public RecordDatabase(IOptions<DatabaseOptions> options)
    {
        this.options = options.Value;
        if (string.IsNullOrWhiteSpace(this.options.PostgreSql))
        {
            Dialect = new Dialect(Engine.Sqlite);
            Directory.CreateDirectory(this.options.Folder);
            ConnectionString = new SqliteConnectionStringBuilder { DataSource = SqliteFile, Pooling = false, DefaultTimeout = 60 }.ToString();
        }
        else
        {
            Dialect = new Dialect(Engine.PostgreSql);
            NpgsqlConnectionStringBuilder builder = new(this.options.PostgreSql) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, IncludeErrorDetail = false };

            // A process that was paused in the middle of a transaction must not hold its rows for ever.
            builder.Options = $"{builder.Options} -c idle_in_transaction_session_timeout=5000".Trim();

            // Who waits for a server that is away wants to know soon.
            if (!new DbConnectionStringBuilder { ConnectionString = this.options.PostgreSql }.ContainsKey(nameof(builder.Timeout)))
            {
                builder.Timeout = 5;
            }

            ConnectionString = builder.ToString();
            ReserveThreads(builder.MaxPoolSize);
            postgres = new NpgsqlDataSourceBuilder(ConnectionString).Build();
            builder.CommandTimeout = WriterTimeoutSeconds;

            // A server that does not answer does not take a cancellation either, and waiting for that would take as long again.
            builder.CancellationTimeout = -1;
            writers = new NpgsqlDataSourceBuilder(builder.ToString()).Build();
        }
    }

    public Dialect Dialect { get; }

    public Engine Engine => Dialect.Engine;

    /// <summary>The SQLite file; meaningless on PostgreSQL.</summary>
    public string SqliteFile => Path.Combine(options.Folder, "canonbury.db");

    internal string ConnectionString { get; }

    /// <summary>A session for reading, or for small writes that need no group commit. Dispose it to give it back.</summary>
    public Session Open()
    {
        if (postgres is not null)
        {
            return new PostgreSqlSession(postgres.OpenConnection(), Dialect);
        }

        return idle.TryTake(out SqliteSession? session) ? session : OpenSqlite(options.SqliteCacheMiB / 4, idle.Add);
    }

    /// <summary>The committer's own session, with the large cache; a server that it cannot reach keeps it no longer than it must.</summary>
    internal Session OpenWriter() =>
        writers is not null ? new PostgreSqlSession(writers.OpenConnection(), Dialect) : OpenSqlite(options.SqliteCacheMiB, session => session.Close());

    /// <summary>A connection was lost: the idle ones may be lost as well, and are not waited for one after the other.</summary>
    internal void ForgetIdle()
    {
        postgres?.Clear();
        writers?.Clear();
    }

    public void Dispose()
    {
        while (idle.TryTake(out SqliteSession? session))
        {
            session.Close();
        }

        postgres?.Dispose();
        writers?.Dispose();
    }

    /// <summary>
    /// The driver writes all but the first statement of a batch on a thread of the pool, while the caller waits: where every thread of the pool is such a
    /// caller, all stand still until the pool grows, one thread at a time. So it may have a thread for each connection, and as many again, at once.
    /// </summary>
    private static void ReserveThreads(int connections)
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, (2 * connections) + 50), completions);
    }

    private SqliteSession OpenSqlite(int cacheMiB, Action<SqliteSession> giveBack)
    {
        SqliteConnection connection = new(ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Numbers from validated options only.
        command.CommandText = $"""
            PRAGMA page_size = 16384;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA busy_timeout = 60000;
            PRAGMA cache_size = -{cacheMiB * 1024};
            PRAGMA wal_autocheckpoint = {options.SqliteCheckpointPages};
            PRAGMA temp_store = MEMORY;
            """;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return new SqliteSession(connection, Dialect, giveBack);
    }
}
