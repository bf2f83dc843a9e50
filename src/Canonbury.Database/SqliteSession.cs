using Microsoft.Data.Sqlite;

namespace Canonbury.Database;

/// <summary>A session on SQLite: each statement is prepared once a connection and runs at once.</summary>
internal sealed class SqliteSession(SqliteConnection connection, Dialect dialect, Action<SqliteSession> giveBack) : Session
{
    private readonly Dictionary<string, SqliteCommand> prepared = [];
    private SqliteTransaction? transaction;

    public override Dialect Dialect { get; } = dialect;

    public override bool IsOpen => true;

    internal SqliteConnection Connection => connection;

    public override void Write(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public override int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public override Answer<T> Ask<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        Answer<T> answer = new(this);
        using SqliteDataReader reader = Prepare(sql, values).ExecuteReader();
        answer.Read(reader, read, Engine.Sqlite);
        return answer;
    }

    public override void Flush()
    {
    }

    public override void Begin() => transaction = connection.BeginTransaction(deferred: false);

    public override void Commit()
    {
        SqliteTransaction ending = transaction ?? throw new InvalidOperationException("There is no transaction to commit.");
        ending.Commit();
        ending.Dispose();
        transaction = null;
    }

    public override void Rollback()
    {
        try
        {
            transaction?.Rollback();
        }
        catch (SqliteException)
        {
            // The failed commit has already rolled back.
        }

        transaction?.Dispose();
        transaction = null;
    }

    public override void Dispose() => giveBack(this);

    internal void Close()
    {
        foreach (SqliteCommand command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out SqliteCommand? command))
        {
#pragma warning disable CA2100 // SQL is constant text of the rooms; values are parameters.
            command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (i + 1) });
            }

            prepared[sql] = command;
        }

        command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            Fill(command.Parameters, i, values[i] switch
            {
                Guid id => id.ToByteArray(bigEndian: true),
                DateTimeOffset time => Micros.Of(time),
                bool flag => flag ? 1 : 0,
                { } other => other,
                null => null,
            });
        }

        return command;
    }
}
