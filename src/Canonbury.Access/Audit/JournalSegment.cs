using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Canonbury.Access.Audit;

/// <summary>One file of a journal, locked while it is open. One thread at a time writes, the storer reads at the same time.</summary>
internal sealed class JournalSegment : IDisposable
{
    public const string Pattern = "*.journal";

    private readonly SafeFileHandle file;
    private long length;

    private JournalSegment(string path, SafeFileHandle file, long length)
    {
        Path = path;
        this.file = file;
        this.length = length;
    }

    public string Path { get; }

    /// <summary>How many bytes are whole lines.</summary>
    public long Length => Volatile.Read(ref length);

    public static JournalSegment Create(string folder, JournalHeader header)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{header.Chain:N}-{header.First:D12}.journal");
        string path = System.IO.Path.Combine(folder, name);

        // Under another name until it is locked and begun: a process that looks for what others left behind must not take it.
        string begun = path + ".new";
        // A backup may read it meanwhile; whoever wants to take it asks for it alone (TryTake) and is refused.
        SafeFileHandle file = File.OpenHandle(begun, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        JournalSegment segment = new(path, file, 0);
        segment.Append(JournalLine.Header(header));
        File.Move(begun, path);
        return segment;
    }

    /// <summary>Opens a file that a process left behind; null where that process still lives or another one was faster.</summary>
    public static JournalSegment? TryTake(string path)
    {
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return new JournalSegment(path, file, RandomAccess.GetLength(file));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Append(ReadOnlySpan<byte> line)
    {
        RandomAccess.Write(file, line, length);
        Volatile.Write(ref length, length + line.Length);
    }

    public int Read(Span<byte> into, long offset) => RandomAccess.Read(file, into, offset);

    /// <summary>Cuts off what a failed write left.</summary>
    public bool TryRepair()
    {
        try
        {
            RandomAccess.SetLength(file, length);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Renames a damaged file, so that it is kept and not read again.</summary>
    public void SetAside()
    {
        File.Move(Path, Path + ".damaged", overwrite: true);
        Dispose();
    }

    public void Delete()
    {
        File.Delete(Path);
        Dispose();
    }

    public void Dispose() => file.Dispose();
}
