using System.Data;
using Npgsql;

namespace Canonbury.Database;

/// <summary>A session on PostgreSQL: statements are queued in one batch and sent in one round trip.</summary>
internal sealed class PostgreSqlSession(NpgsqlConnection connection, Dialect dialect) : Session
{
    private readonly List<Action<NpgsqlDataReader>?> readers = [];
    private NpgsqlBatch batch = new(connection);
    private NpgsqlTransaction? transaction;
    private bool broken;

    public override Dialect Dialect { get; } = dialect;

    public override bool IsOpen => !broken && connection.State == ConnectionState.Open;

    public override void Write(string sql, params ReadOnlySpan<object?> values) => Queue(sql, values, null);

    public override Answer<T> Ask<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        Answer<T> answer = new(this);
        Queue(sql, values, reader => answer.Read(reader, read, Engine.PostgreSql));
        return answer;
    }

    public override int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        Flush();
        Queue(sql, values, null);
        NpgsqlBatch sent = Take();
        using (sent)
        {
            return sent.ExecuteNonQuery();
        }
    }

    public override void Flush()
    {
        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        Action<NpgsqlDataReader>?[] handlers = [.. readers];
        using NpgsqlBatch sent = Take();
        using NpgsqlDataReader reader = sent.ExecuteReader();

        // A statement without rows (an insert) gives no result set, so only the questions are visited.
        foreach (Action<NpgsqlDataReader>? handler in handlers)
        {
            if (handler is not null)
            {
                handler(reader);
                reader.NextResult();
            }
        }

        while (reader.NextResult())
        {
        }
    }

    public override void Begin() => transaction = connection.BeginTransaction();

    public override void Commit()
    {
        Flush();
        NpgsqlTransaction ending = transaction ?? throw new InvalidOperationException("There is no transaction to commit.");
        ending.Commit();
        ending.Dispose();
        transaction = null;
    }

    public override void Rollback()
    {
        // After a lost connection the transaction is over for the driver, too, and any call on it would throw.
        try
        {
            Take().Dispose();
            transaction?.Rollback();
            transaction?.Dispose();
        }
#pragma warning disable CA1031 // The transaction ends with its connection, and whoever rolls back has an error of its own to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
            broken = true;
        }

        transaction = null;
    }

    public override void Dispose()
    {
        try
        {
            batch.Dispose();
            transaction?.Dispose();
        }
        catch (InvalidOperationException)
        {
            // The connection was lost, and the transaction with it.
        }

        connection.Dispose();
    }

    private void Queue(string sql, ReadOnlySpan<object?> values, Action<NpgsqlDataReader>? reader)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (object? value in values)
        {
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = value switch
                {
                    DateTimeOffset time => Micros.Of(time),
                    bool flag => flag ? 1 : 0,
                    { } other => other,
                    null => DBNull.Value,
                },
            });
        }

        batch.BatchCommands.Add(command);
        readers.Add(reader);
    }

    private NpgsqlBatch Take()
    {
        NpgsqlBatch taken = batch;
        batch = new NpgsqlBatch(connection);
        readers.Clear();
        return taken;
    }
}
