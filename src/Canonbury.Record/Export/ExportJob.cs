namespace Canonbury.Record.Export;

/// <summary>One bulk export of one client.</summary>
/// <param name="Client">The account that asked, and alone may follow it.</param>
/// <param name="Scope">What the client's grant let it see when it asked.</param>
/// <param name="Url">The request as the client wrote it.</param>
/// <param name="Definition">What is exported, in the words of whoever runs it.</param>
/// <param name="NextBucket">The buckets before it are in the files.</param>
/// <param name="Files">The files as far as they are known to be on the disk.</param>
/// <param name="Expires">When the files are removed; null while it runs.</param>
public sealed record ExportJob(
    Guid Id, string Client, string Scope, string Url, string Definition, DateTimeOffset CreatedAt, ExportState State, int NextBucket, IReadOnlyList<ExportedFile> Files,
    DateTimeOffset? Expires);

/// <summary>One file of an export.</summary>
/// <param name="Length">Bytes that are on the disk for certain; what comes after them is not part of it.</param>
/// <param name="Count">Resources in it.</param>
public sealed record ExportedFile(string Type, long Length, long Count);

public enum ExportState
{
    Underway = 0,
    Done = 1,

    /// <summary>It cannot be done, and is not tried again.</summary>
    Failed = 2,

    /// <summary>What was asked for is not there for the client any more.</summary>
    Refused = 3,
}
