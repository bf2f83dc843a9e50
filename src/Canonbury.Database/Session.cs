using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Canonbury.Database;

/// <summary>
/// One connection in use by one piece of work at a time. <see cref="Write"/> and <see cref="Ask{T}"/> are queued on PostgreSQL and sent
/// together in one round trip when the first answer is wanted or <see cref="Flush"/> is called; on SQLite they run at once.
/// Parameters may be null, string, int, long, double, bool, byte[], <see cref="Guid"/> and <see cref="DateTimeOffset"/>.
/// </summary>
public abstract class Session : IDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>Queues a statement whose row count nobody needs.</summary>
    public abstract void Write(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Queues a question; <see cref="Answer{T}.Rows"/> sends what is queued.</summary>
    public abstract Answer<T> Ask<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values);

    /// <summary>Runs a statement now, after what is queued, and returns how many rows it changed.</summary>
    public abstract int Execute(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Sends what is queued.</summary>
    public abstract void Flush();

    public abstract void Begin();

    public abstract void Commit();

    /// <summary>Undoes the transaction and forgets what is queued; never throws.</summary>
    public abstract void Rollback();

    /// <summary>Asks and reads at once.</summary>
    public List<T> Query<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values) => Ask(sql, read, values).Rows;

    public abstract void Dispose();

    /// <summary>True for errors that pass when tried again: lost connections, deadlocks, serialisation, a busy file (sharding rule 7).</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState is "40001" or "40P01" or "08006" or "57P01" or "57P02" or "57P03" or "53300",
        NpgsqlException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
        _ => false,
    };

    /// <summary>True where a unique key refused the row.</summary>
    public static bool IsDuplicateKey(Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteErrorCode == 19,
        _ => false,
    };

    private protected static void Fill(DbParameterCollection parameters, int at, object? value) => parameters[at].Value = value ?? DBNull.Value;
}

/// <summary>The rows that a question will have; asking for them sends what is queued.</summary>
public sealed class Answer<T>(Session session)
{
    private List<T>? rows;

    public List<T> Rows
    {
        get
        {
            if (rows is null)
            {
                session.Flush();
            }

            return rows ?? throw new InvalidOperationException("The question was dropped by a rollback.");
        }
    }

    /// <summary>The only row, or the default where there is none.</summary>
    public T? Single => Rows.Count > 0 ? Rows[0] : default;

    internal void Read(DbDataReader reader, Func<Row, T> read, Engine engine)
    {
        List<T> found = [];
        Row row = new(reader, engine);
        while (reader.Read())
        {
            found.Add(read(row));
        }

        rows = found;
    }
}
