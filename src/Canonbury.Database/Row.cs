using System.Data.Common;

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

    public byte[]? BytesOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    public Guid Id(int column) =>
        engine == Engine.PostgreSql ? reader.GetGuid(column) : new Guid(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    public Guid? IdOrNull(int column) => reader.IsDBNull(column) ? null : Id(column);
}
