using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Canonbury.Database;

/// <summary>The current row of an answer, read by position. Both databases give the same types.</summary>
public readonly struct Row(DbDataReader reader, Engine engine)
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public int Int(int column) => reader.GetInt32(column);

    public long Long(int column) => reader.GetInt64(column);

    public double Real(int column) => reader.GetDouble(column);

    public bool Flag(int column) => reader.GetInt32(column) != 0;

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public DateTimeOffset Time(int column) => Micros.ToTime(reader.GetInt64(column));

    public DateTimeOffset? TimeOrNull(int column) => reader.IsDBNull(column) ? null : Micros.ToTime(reader.GetInt64(column));

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>The bytes where they lie, without a copy where the driver has none: only until the next row is read.</summary>
    public ReadOnlySpan<byte> Span(int column) =>
        reader is SqliteDataReader sqlite ? raw.sqlite3_column_blob(sqlite.Handle, column) : reader.GetFieldValue<byte[]>(column);

    public byte[]? BytesOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    public Guid Id(int column) =>
        engine == Engine.PostgreSql ? reader.GetGuid(column) : new Guid(Span(column), bigEndian: true);

    /// <summary>Every column as the driver gives it; null where the database has none. For copying rows that nobody looks at.</summary>
    public object?[] All()
    {
        object?[] values = new object?[reader.FieldCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        }

        return values;
    }

    public Guid? IdOrNull(int column) => reader.IsDBNull(column) ? null : Id(column);
}
