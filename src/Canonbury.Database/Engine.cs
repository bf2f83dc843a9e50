namespace Canonbury.Database;

/// <summary>The two databases that Canonbury runs on.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
}
