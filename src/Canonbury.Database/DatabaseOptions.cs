using System.ComponentModel.DataAnnotations;

namespace Canonbury.Database;

/// <summary>Where the data is and how it is committed. Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>A PostgreSQL connection string; empty means SQLite in <see cref="Folder"/>.</summary>
    public string? PostgreSql { get; set; }

    /// <summary>The folder of the SQLite file, the audit journal and other local files.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>How many connections commit in parallel on PostgreSQL. SQLite has one writer.</summary>
    [Range(1, 32)]
    public int Committers { get; set; } = 3;

    /// <summary>The most work items that one transaction takes.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 256;

    /// <summary>SQLite: memory for the page cache of the writer, in MiB. Each reader has a quarter of it.</summary>
    [Range(1, 16_384)]
    public int SqliteCacheMiB { get; set; } = 256;

    /// <summary>SQLite: the write-ahead log is folded back into the file when it holds this many pages of 16 KiB.</summary>
    [Range(100, 1_000_000)]
    public int SqliteCheckpointPages { get; set; } = 16_000;
}
