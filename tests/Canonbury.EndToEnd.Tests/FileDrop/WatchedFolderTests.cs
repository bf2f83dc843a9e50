using System.Text;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources;
using Canonbury.Intake.Sources.FileDrop;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Canonbury.EndToEnd.Tests.FileDrop;

public sealed class WatchedFolderTests : IDisposable
{
    private static readonly Feed Feed = new("files", new SourceId("lab"), TimeZoneInfo.Utc);

    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-drop-").FullName;
    private readonly IntakeMetrics metrics = new();
    private readonly List<string> received = [];
    private bool isUnavailable;

    [Fact]
    public async Task Look_AtAFinishedFile_StoresItsMessagesAndMovesItToDone()
    {
        Write("a.hl7", Text("1") + Text("2"));
        await LookTwiceAsync();
        Assert.Equal([Text("1").TrimEnd(), Text("2").TrimEnd()], received);
        Assert.Single(Files("done"), path => path.EndsWith("a.hl7", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Look_AtAFileThatStillGrows_WaitsUntilItIsWhole()
    {
        WatchedFolder watched = Watched();
        Write("a.hl7", Text("1"));
        await watched.LookAsync(CancellationToken.None);
        Write("a.hl7", Text("1") + Text("2"));
        await watched.LookAsync(CancellationToken.None);
        Assert.Empty(received);
        await watched.LookAsync(CancellationToken.None);
        Assert.Equal(2, received.Count);
    }

    [Fact]
    public async Task Look_AtAFileUnderATemporaryName_LeavesItAlone()
    {
        Write("a.hl7.part", Text("1"));
        Write(".hidden", Text("1"));
        File.CreateSymbolicLink(Path.Combine(folder, "link.hl7"), Path.Combine(folder, "a.hl7.part"));
        await LookTwiceAsync();
        Assert.Empty(received);
        Assert.Equal(3, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public async Task Look_AtAFileThatIsNoMessage_MovesItToFailedWithTheReason()
    {
        Write("a.txt", "hello");
        await LookTwiceAsync();
        Assert.Contains("file-without-message", File.ReadAllText(Path.Combine(folder, "failed", "a.txt.reason")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "failed", "a.txt")));
    }

    [Fact]
    public async Task Look_AtABatchWhoseCountIsWrong_StoresWhatIsThereAndSaysSo()
    {
        Write("b.hl7", "BHS|^~\\&|LAB\r" + Text("1") + "BTS|2\r");
        await LookTwiceAsync();
        Assert.Single(received);
        string reason = File.ReadAllText(Path.Combine(folder, "failed", "b.hl7.reason"));
        Assert.Contains("1 messages of this file were stored", reason, StringComparison.Ordinal);
        Assert.Contains("batch-count-mismatch", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_WhenTheInboxIsUnavailable_LeavesTheFileAndReadsItLater()
    {
        WatchedFolder watched = Watched();
        Write("a.hl7", Text("1"));
        isUnavailable = true;
        await watched.LookAsync(CancellationToken.None);
        await watched.LookAsync(CancellationToken.None);
        Assert.True(File.Exists(Path.Combine(folder, "a.hl7")));
        isUnavailable = false;
        await watched.LookAsync(CancellationToken.None);
        Assert.Single(received);
        Assert.Single(Files("done"));
    }

    [Fact]
    public async Task Look_AtASecondFileOfTheSameName_KeepsBoth()
    {
        Write("a.hl7", Text("1"));
        await LookTwiceAsync();
        Write("a.hl7", Text("2"));
        await LookTwiceAsync();
        Assert.Equal(2, Files("done").Length);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-8", true)]
    public async Task Ingest_OfAFileInUnicode_GivesTheSameMessages(string encoding, bool hasMark)
    {
        string path = Path.Combine(folder, "u.hl7");
        Encoding characters = Encoding.GetEncoding(encoding);
        byte[] mark = hasMark ? characters.GetPreamble() : [];
        File.WriteAllBytes(path, [.. mark, .. characters.GetBytes(Text("Łódź"))]);
        FileOutcome outcome = await Ingest().IngestAsync(Feed, path, null, TestContext.Current.CancellationToken);
        Assert.True(outcome.IsSound);
        Assert.Equal(Text("Łódź").TrimEnd(), Assert.Single(received));
    }

    [Fact]
    public async Task Ingest_OfALargeFile_HoldsLittleAndTellsHowFarItIs()
    {
        string path = Path.Combine(folder, "large.hl7");
        await using (StreamWriter writer = new(path))
        {
            for (int i = 0; i < 40_000; i++)
            {
                await writer.WriteAsync(Text("C" + i));
                await writer.WriteAsync("OBX|1|TX|T||" + new string('x', 2000) + "\r");
            }
        }

        long most = 0;
        List<FileProgress> progress = [];
        FileIngest ingest = new((_, _, _) => Task.FromResult(InboxReceipt.Duplicate), metrics);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        FileOutcome outcome = await ingest.IngestAsync(Feed, path, step =>
        {
            progress.Add(step);
            most = progress.Count % 50 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most;
        }, TestContext.Current.CancellationToken);
        Assert.Equal((40_000, 40_000, new FileInfo(path).Length), (outcome.Messages, outcome.Duplicates, outcome.Bytes));
        Assert.Equal((40_000, outcome.Bytes, outcome.Bytes), (progress[^1].Messages, progress[^1].Bytes, progress[^1].TotalBytes));
        Assert.True(progress.Zip(progress.Skip(1)).All(pair => pair.First.Bytes <= pair.Second.Bytes));
        Assert.InRange(most - before, long.MinValue, 16 << 20);
    }

    public void Dispose()
    {
        metrics.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Text(string controlId) => $"MSH|^~\\&|LAB|RXX|||20260101||ORU^R01|{controlId}|P|2.4\rPID|1||1\r";

    private void Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        File.SetLastWriteTimeUtc(Path.Combine(folder, name), new DateTime(2026, 1, 1, 0, 0, text.Length % 60, DateTimeKind.Utc));
    }

    private string[] Files(string kind) => Directory.GetFiles(Path.Combine(folder, kind), "*", SearchOption.AllDirectories);

    private FileIngest Ingest() => new((_, message, _) =>
    {
        if (isUnavailable)
        {
            throw new InboxUnavailableException("test");
        }

        received.Add(Encoding.UTF8.GetString(message.Span));
        return Task.FromResult(InboxReceipt.Stored);
    }, metrics);

    private WatchedFolder Watched() => new(Feed, folder, Ingest(), TimeProvider.System, NullLogger.Instance);

    private async Task LookTwiceAsync()
    {
        WatchedFolder watched = Watched();
        await watched.LookAsync(CancellationToken.None);
        await watched.LookAsync(CancellationToken.None);
    }
}
