using System.Text;
using Canonbury.Intake.Inbox;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Intake.Sources.FileDrop;

/// <summary>How far one file is.</summary>
public sealed record FileProgress(string Path, long Messages, long Bytes, long TotalBytes);

/// <summary>What became of one file.</summary>
/// <param name="Messages">Messages in it that are durable now.</param>
/// <param name="Duplicates">How many of them were durable before.</param>
/// <param name="Findings">What is wrong with the file; its sound messages were stored all the same.</param>
public sealed record FileOutcome(string Path, long Messages, long Duplicates, long Bytes, IReadOnlyList<Finding> Findings)
{
    /// <summary>True when every message in the file was stored and its counts agree.</summary>
    public bool IsSound => Findings.Count == 0;
}

/// <summary>
/// Reads files of HL7 v2 messages into the inbox, holding a few messages at a time whatever the size of the file. A file that was read in
/// part can be read again: the inbox knows the messages that it has.
/// </summary>
/// <param name="maxMessageBytes">A larger message is left out, with a finding.</param>
public sealed class FileIngest(ReceiveMessage receive, IntakeMetrics metrics, int maxMessageBytes = FileIngest.DefaultMaxMessageBytes)
{
    public const int DefaultMaxMessageBytes = 64 << 20;

    private const int ChunkBytes = 256 << 10;
    private const int MaxInFlight = 256;
    private const long MaxInFlightBytes = 32L << 20;

    /// <summary>Reads one file; returns when all of it is durable.</summary>
    /// <param name="progress">Called about four times a megabyte.</param>
    /// <exception cref="InboxUnavailableException">The inbox stores nothing now; read the file again later.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<FileOutcome> IngestAsync(Feed feed, string path, Action<FileProgress>? progress, CancellationToken cancellation)
    {
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        long total = file.Length;
        await using Stream text = await InOneByteCharactersAsync(file, cancellation);
        Hl7Splitter splitter = new(maxMessageBytes);
        Queue<(Task<InboxReceipt> Receipt, int Length)> inFlight = new();
        FileCount count = new();
        byte[] chunk = new byte[ChunkBytes];
        while (true)
        {
            int read = await text.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false, cancellation);
            splitter.Add(chunk.AsSpan(0, read));
            if (read < ChunkBytes)
            {
                splitter.End();
            }

            while (splitter.Messages.TryDequeue(out byte[]? message))
            {
                metrics.Received(feed.Id, message.Length);
                inFlight.Enqueue((receive(feed, message, cancellation), message.Length));
                count.InFlightBytes += message.Length;
                while (inFlight.Count >= MaxInFlight || count.InFlightBytes > MaxInFlightBytes)
                {
                    await FinishOneAsync(inFlight, count);
                }
            }

            progress?.Invoke(new FileProgress(path, count.Messages, Math.Min(file.Position, total), total));
            if (read < ChunkBytes)
            {
                break;
            }
        }

        while (inFlight.Count > 0)
        {
            await FinishOneAsync(inFlight, count);
        }

        progress?.Invoke(new FileProgress(path, count.Messages, total, total));
        return new FileOutcome(path, count.Messages, count.Duplicates, total, splitter.Findings);
    }

    private static async Task FinishOneAsync(Queue<(Task<InboxReceipt> Receipt, int Length)> inFlight, FileCount count)
    {
        (Task<InboxReceipt> receipt, int length) = inFlight.Dequeue();
        count.InFlightBytes -= length;
        count.Duplicates += await receipt == InboxReceipt.Duplicate ? 1 : 0;
        count.Messages++;
    }

    /// <summary>The file from its first character on; UTF-16 becomes UTF-8 while it is read.</summary>
    private static async Task<Stream> InOneByteCharactersAsync(FileStream file, CancellationToken cancellation)
    {
        byte[] start = new byte[3];
        int length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        bool isUtf16 = MessageText.IsUtf16(start.AsSpan(0, length));
        bool hasMark = isUtf16 ? start[0] is 0xFE or 0xFF : start.AsSpan(0, length).SequenceEqual("\uFEFF"u8);
        file.Position = !hasMark ? 0 : isUtf16 ? 2 : 3;
        return isUtf16
            ? Encoding.CreateTranscodingStream(file, start[0] is 0 or 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode, Encoding.UTF8, leaveOpen: true)
            : file;
    }

    private sealed class FileCount
    {
        public long Messages { get; set; }

        public long Duplicates { get; set; }

        public long InFlightBytes { get; set; }
    }
}
