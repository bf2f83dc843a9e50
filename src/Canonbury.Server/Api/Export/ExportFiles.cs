using Canonbury.Record.Export;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Api.Export;

/// <summary>
/// The files of one export while they are written: one for each type, a resource a line (http://ndjson.org). Only what <see cref="Flush"/> told is part of
/// them; whoever goes on cuts off the rest.
/// </summary>
internal sealed class ExportFiles : IDisposable
{
    private readonly Dictionary<string, Open> files = new(StringComparer.Ordinal);
    private readonly ExportFolder folder;
    private readonly Guid job;
    private readonly FileStream turn;

    /// <exception cref="IOException">A process that lost the export is still writing, or the disk fails.</exception>
    public ExportFiles(ExportFolder folder, Guid job)
    {
        this.folder = folder;
        this.job = job;
        folder.Create(job);

        // No other process may write while this one does, whatever the database says.
        turn = new FileStream(Path.Combine(folder.Of(job), "writing"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Opens the files as they were recorded, each cut back to its length; false, with none of them, where one is not all there.</summary>
    public bool Resume(IReadOnlyList<ExportedFile> recorded)
    {
        bool complete = recorded.All(file => new FileInfo(folder.FileOf(job, file.Type)) is { Exists: true } found && found.Length >= file.Length);
        if (complete)
        {
            foreach (ExportedFile file in recorded)
            {
                Open open = Add(file.Type, FileMode.Open);
                open.Stream.SetLength(file.Length);
                open.Stream.Seek(0, SeekOrigin.End);
                open.Count = file.Count;
            }
        }

        return complete;
    }

    public void Append(OwnResource resource, ReadOnlySpan<byte> json)
    {
        Open file = files.TryGetValue(resource.Type, out Open? known) ? known : Add(resource.Type, FileMode.Create);
        for (ReadOnlySpan<byte> rest = json; !rest.IsEmpty;)
        {
            // Between the tokens of JSON a line break is a space; in its strings there is none.
            int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            file.Stream.Write(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (end >= 0)
            {
                file.Stream.WriteByte((byte)' ');
            }
        }

        file.Stream.WriteByte((byte)'\n');
        file.Count++;
    }

    /// <summary>Everything to the disk; then what the files are.</summary>
    public IReadOnlyList<ExportedFile> Flush()
    {
        foreach (Open file in files.Values)
        {
            file.Stream.Flush(flushToDisk: true);
        }

        return [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new ExportedFile(file.Key, file.Value.Stream.Length, file.Value.Count))];
    }

    public void Dispose()
    {
        foreach (Open file in files.Values)
        {
            file.Stream.Dispose();
        }

        turn.Dispose();
    }

    private Open Add(string type, FileMode mode)
    {
        FileStream stream = new(folder.FileOf(job, type), mode, FileAccess.ReadWrite, FileShare.Read, bufferSize: 64 * 1024);
        return files[type] = new Open(stream);
    }

    private sealed record Open(FileStream Stream)
    {
        public long Count { get; set; }
    }
}
