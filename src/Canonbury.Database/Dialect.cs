namespace Canonbury.Database;

/// <summary>
/// The only place where SQLite and PostgreSQL differ. All other SQL is written once: parameters are <c>$1, $2 …</c>, ids are 16 bytes,
/// times are microseconds since 1970 in UTC, text is compared byte by byte.
/// </summary>
public sealed class Dialect(Engine engine)
{
    public Engine Engine { get; } = engine;

    /// <summary>Locks the rows that a select reads until the transaction ends. SQLite has one writer at a time, so it needs none.</summary>
    public string ForUpdate { get; } = engine == Engine.PostgreSql ? " FOR UPDATE" : "";

    /// <summary>Locks the rows of one table that nobody else holds and leaves the others out of the answer.</summary>
    public string ForUpdateSkipLocked(string table) => Engine == Engine.PostgreSql ? $" FOR UPDATE OF {table} SKIP LOCKED" : "";

    /// <summary>Locks names, given as numbers, in the order given until the transaction ends; null where one writer at a time needs none.</summary>
    public string? LockNames { get; } = engine == Engine.PostgreSql ? "SELECT pg_advisory_xact_lock(name) FROM unnest($1) AS name" : null;

    /// <summary>What stands for these words in a migration file, as <c>$uuid$</c> and so on.</summary>
    public IReadOnlyDictionary<string, string> MigrationWords { get; } = engine == Engine.PostgreSql
        ? new Dictionary<string, string>
        {
            ["uuid"] = "uuid",
            ["bytes"] = "bytea",
            ["text"] = "text COLLATE \"C\"",
            ["bigint"] = "bigint",
            ["real"] = "double precision",
            ["clustered"] = "",
        }
        : new Dictionary<string, string>
        {
            ["uuid"] = "BLOB",
            ["bytes"] = "BLOB",
            ["text"] = "TEXT",
            ["bigint"] = "INTEGER",
            ["real"] = "REAL",
            ["clustered"] = "WITHOUT ROWID",
        };
}
