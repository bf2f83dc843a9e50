using System.Globalization;
using System.Text;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>
/// The messages of a file: one, several one after another, or a batch (HL7 v2 chapter 2, "Batch protocol": FHS, BHS, BTS, FTS).
/// </summary>
/// <param name="Messages">The bytes of each message, from its MSH on, in order. UTF-16 has become UTF-8.</param>
/// <param name="Findings">Counts that do not agree with BTS-1 or FTS-1, and lines that belong to no message.</param>
public sealed record Hl7File(IReadOnlyList<ReadOnlyMemory<byte>> Messages, IReadOnlyList<Finding> Findings)
{
    /// <summary>Splits a file. It never fails: a file without any MSH has no messages, and a finding that says so.</summary>
    public static Hl7File Split(ReadOnlyMemory<byte> bytes)
    {
        if (MessageText.IsUtf16(bytes.Span))
        {
            bytes = Encoding.UTF8.GetBytes(MessageText.Decode(bytes.Span).Text);
        }

        Splitter splitter = new(bytes);
        splitter.Run();
        return new Hl7File(splitter.Messages, splitter.Findings);
    }

    private sealed class Splitter(ReadOnlyMemory<byte> bytes)
    {
        private int open = -1;
        private int inBatch;
        private int batches;
        private bool hasOrphans;

        public List<ReadOnlyMemory<byte>> Messages { get; } = [];

        public List<Finding> Findings { get; } = [];

        public void Run()
        {
            ReadOnlySpan<byte> span = bytes.Span;
            int start = span.StartsWith("\uFEFF"u8) ? 3 : 0;
            while (start < span.Length)
            {
                start += span[start..].IndexOfAnyExcept("\r\n\u000B\u001C\0"u8) is var skip and >= 0 ? skip : span.Length - start;
                int length = span[start..].IndexOfAny((byte)'\r', (byte)'\n');
                int end = length < 0 ? span.Length : start + length;
                Take(span[start..end], start);
                start = end + 1;
            }

            Close(span.Length);
            if (Messages.Count == 0)
            {
                Findings.Add(new Finding("MSH", "file-without-message", "The file holds no MSH segment."));
            }

            if (hasOrphans)
            {
                Findings.Add(new Finding("MSH", "line-outside-message",
                    "The file holds lines that belong to no message; they were left out."));
            }
        }

        private void Take(ReadOnlySpan<byte> line, int start)
        {
            if (IsHeader(line, "MSH"u8))
            {
                Close(start);
                open = start;
                inBatch++;
            }
            else if (IsHeader(line, "FHS"u8) || IsHeader(line, "BHS"u8))
            {
                Close(start);
                batches += line[0] == 'B' ? 1 : 0;
                inBatch = 0;
            }
            else if (IsHeader(line, "BTS"u8))
            {
                Close(start);
                Check(line, inBatch, "BTS-1", "messages");
                inBatch = 0;
            }
            else if (IsHeader(line, "FTS"u8))
            {
                Close(start);
                Check(line, batches, "FTS-1", "batches");
            }
            else if (open < 0 && line.ContainsAnyExcept((byte)' ', (byte)'\t'))
            {
                hasOrphans = true;
            }
        }

        private void Close(int end)
        {
            if (open >= 0)
            {
                ReadOnlyMemory<byte> message = bytes[open..end];
                Messages.Add(message[..(message.Span.LastIndexOfAnyExcept("\r\n\u000B\u001C\0"u8) + 1)]);
                open = -1;
            }
        }

        private void Check(ReadOnlySpan<byte> line, int counted, string path, string what)
        {
            if (line.Length < 4)
            {
                return;
            }

            ReadOnlySpan<byte> field = line[4..];
            int length = field.IndexOf(line[3]);
            field = (length < 0 ? field : field[..length]).Trim((byte)' ');
            if (!field.IsEmpty && (!int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int stated)
                || stated != counted))
            {
                Findings.Add(new Finding(path, "batch-count-mismatch",
                    $"The trailer states another number of {what} than the file holds."));
            }
        }

        private static bool IsHeader(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
            line.StartsWith(name) && (line.Length == 3 || !(char.IsAsciiLetterOrDigit((char)line[3]) || line[3] == ' '));
    }
}
