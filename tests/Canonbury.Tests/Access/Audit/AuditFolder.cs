using Canonbury.Access.Audit;

namespace Canonbury.Tests.Access.Audit;

/// <summary>A folder for journals that goes with the test, and a table that keeps rows as the database does: each once, by its key.</summary>
internal sealed class AuditFolder : IDisposable
{
    private readonly SortedDictionary<(Guid Chain, long Sequence), ChainedEntry> rows = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("canonbury-audit-").FullName;

    /// <summary>True while the database is away.</summary>
    public bool Away { get; set; }

    public IReadOnlyList<ChainedEntry> Rows
    {
        get
        {
            lock (rows)
            {
                return [.. rows.Values];
            }
        }
    }

    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Path).Order(StringComparer.Ordinal)];

    public Task StoreAsync(IReadOnlyList<ChainedEntry> entries, CancellationToken cancellation)
    {
        lock (rows)
        {
            if (Away)
            {
                throw new IOException("The database is away.");
            }

            foreach (ChainedEntry entry in entries)
            {
                rows.TryAdd((entry.Chain, entry.Sequence), entry);
            }
        }

        return Task.CompletedTask;
    }

    public AuditJournal Journal(long segmentBytes = 1_000_000) => new(Path, Guid.CreateVersion7(), segmentBytes);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
