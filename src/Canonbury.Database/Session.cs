using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Canonbury.Database;

/// <summary>
/// One connection in use by one piece of work at a time. <see cref="Write"/> and <see cref="Ask{T}"/> are queued on PostgreSQL and sent
/// together in one round trip when the first answer is wanted or <see cref="Flush"/> is called; on SQLite they run at once.
/// Parameters may be null, string, int, long, double, bool, byte[], <see cref="Guid"/> and <see cref="DateTimeOffset"/>, and on PostgreSQL long[].
/// </summary>
public abstract class Session : IDisposable
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Full = 13, CannotOpen = 14;

    // PostgreSQL, Appendix A: connection exception, transaction rollback, insufficient resources, operator intervention, system error. The three
    // that stand alone: a transaction that was idle for too long, a server that became a standby, a lock that was not to be had.
    private static readonly string[] PassingClasses = ["08", "40", "53", "57", "58"];

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

    /// <summary>False once the connection is lost: the session must be disposed, and another one opened.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>
    /// True for errors that say nothing about the work and pass when it is tried again: lost connections, deadlocks, serialisation, a busy file, no
    /// room (sharding rule 7).
    /// </summary>
    public static bool IsPassing(Exception error) => error switch
    {
        PostgresException postgres => PassingClasses.Contains(postgres.SqlState[..2]) || postgres.SqlState is "25P03" or "25006" or "55P03",
        NpgsqlException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is Busy or Locked or ReadOnly or IoError or Full or CannotOpen,
        _ => false,
    };

    /// <summary>The error in a word or two for the log, without any value that it may quote.</summary>
    public static string Describe(Exception error) => error switch
    {
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        SqliteException sqlite => $"SQLite {sqlite.SqliteErrorCode}",
        _ => error.GetType().Name,
    };

    /// <summary>True where transactions waited for each other, and this one was given up for the others.</summary>
    public static bool IsDeadlock(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

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
