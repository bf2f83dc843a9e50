using System.Buffers;
using System.Security.Cryptography;

namespace Canonbury.Access.Audit;

/// <summary>
/// This process's audit journal: append-only files in the data folder. A return from <see cref="Append"/> means that the operating
/// system has the entry, so that it survives kill -9; the storer puts it into the database soon after (design, section 4).
/// </summary>
/// <remarks>
/// One write a call under a lock, which takes a few microseconds: less than handing the entry to another thread. The process holds an
/// exclusive lock on each file, which the operating system frees when the process ends; so another process never takes a live journal.
/// </remarks>
internal sealed class AuditJournal : IDisposable
{
    private readonly Lock gate = new();
    private readonly string folder;
    private readonly long segmentBytes;
    private readonly byte[] head = ChainHash.Origin.ToArray();
    private readonly Queue<JournalSegment> segments = [];
    private readonly SemaphoreSlim appended = new(0, 1);
    private JournalSegment current;
    private long last;
    private string? shut;

    public AuditJournal(string folder, Guid chain, long segmentBytes)
    {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        Chain = chain;
        Prepare(folder);
        current = Open();
    }

    public Guid Chain { get; }

    public long Last => Volatile.Read(ref last);

    /// <summary>Writes the entry after the last one and says which number it got.</summary>
    /// <exception cref="AuditUnavailableException">The entry could not be written; then nothing may be shown.</exception>
    public long Append(ReadOnlySpan<byte> payload)
    {
        Span<byte> salt = stackalloc byte[ChainHash.SaltLength];
        RandomNumberGenerator.Fill(salt);
        Span<byte> digest = stackalloc byte[ChainHash.Length];
        ChainHash.Digest(salt, payload, digest);
        byte[] line = ArrayPool<byte>.Shared.Rent(payload.Length + JournalLine.Overhead);
        try
        {
            long sequence = Write(line, salt, digest, payload);
            Signal();
            return sequence;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(line);
        }
    }

    /// <summary>Waits until something was appended since the last wait; false after that long without anything.</summary>
    public Task<bool> AppendedAsync(TimeSpan longest, CancellationToken cancellation) => appended.WaitAsync(longest, cancellation);

    /// <summary>The oldest file that is not yet released.</summary>
    public JournalSegment Oldest()
    {
        lock (gate)
        {
            return segments.Peek();
        }
    }

    /// <summary>Deletes the file where it is full and all of it is in the database; false where more may come.</summary>
    /// <param name="stored">How many bytes of it are in the database.</param>
    public bool TryRelease(JournalSegment segment, long stored)
    {
        lock (gate)
        {
            if (segment == current || segment.Length != stored)
            {
                return false;
            }

            segments.Dequeue().Delete();
            return true;
        }
    }

    /// <summary>Ends the journal and deletes its files, where its last entry is in the database.</summary>
    /// <param name="stored">The last entry that is in the database.</param>
    public void CloseIfStored(long stored)
    {
        lock (gate)
        {
            if (last != stored)
            {
                return;
            }

            shut = "The audit journal is closed.";
            while (segments.TryDequeue(out JournalSegment? segment))
            {
                segment.Delete();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            shut = "The audit journal is closed.";
            while (segments.TryDequeue(out JournalSegment? segment))
            {
                segment.Dispose();
            }
        }

        appended.Dispose();
    }

    private long Write(byte[] line, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[ChainHash.Length];
        lock (gate)
        {
            if (shut is not null)
            {
                throw new AuditUnavailableException(shut);
            }

            if (current.Length >= segmentBytes)
            {
                current = Open();
            }

            ChainHash.Next(head, Chain, last + 1, digest, hash);
            int length = JournalLine.Write(line, last + 1, hash, salt, payload);
            WriteOrRepair(line.AsSpan(0, length));
            hash.CopyTo(head);
            Volatile.Write(ref last, last + 1);
            return last;
        }
    }

    private void WriteOrRepair(ReadOnlySpan<byte> line)
    {
        try
        {
            current.Append(line);
        }
        catch (IOException problem)
        {
            shut = current.TryRepair() ? null : "The audit journal could not be repaired after a failed write; restart the service.";
            throw new AuditUnavailableException("The audit journal cannot be written; is the disk full?", problem);
        }
    }

    /// <summary>The journal names people: only the service's own account reads the folder.</summary>
    private static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private JournalSegment Open()
    {
        JournalSegment segment = JournalSegment.Create(folder, new JournalHeader(Chain, last + 1, [.. head]));
        segments.Enqueue(segment);
        return segment;
    }

    private void Signal()
    {
        if (appended.CurrentCount == 0)
        {
            try
            {
                appended.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread was faster; one signal is enough.
            }
        }
    }
}

/// <summary>The audit cannot be kept now; nothing may be shown until it can.</summary>
public sealed class AuditUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
