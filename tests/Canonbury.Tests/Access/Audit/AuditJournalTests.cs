using System.Diagnostics;
using Canonbury.Access.Audit;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Access.Audit;

public sealed class AuditJournalTests : IDisposable
{
    private readonly AuditFolder folder = new();

    [Fact]
    public void Append_ReturnsOnceTheFileHoldsTheWholeLine()
    {
        using AuditJournal journal = folder.Journal();

        long sequence = journal.Append(AuditEntries.Payload(1));

        Assert.Equal(1, sequence);
        Assert.Equal(journal.Oldest().Length, new FileInfo(folder.Files.Single()).Length);
        Assert.Equal("nurse1", new JournalReader(journal.Oldest()).Read().Single().Entry.Caller);
    }

    [Fact]
    public async Task Append_FromManyThreads_MakesOneChainWithoutGaps()
    {
        using AuditJournal journal = folder.Journal(segmentBytes: 100_000_000);
        byte[] payload = AuditEntries.Payload(1);

        await Parallel.ForAsync(0, 2_000, (_, _) =>
        {
            journal.Append(payload);
            return ValueTask.CompletedTask;
        });

        List<ChainedEntry> rows = ReadAll(journal.Oldest());
        Assert.Equal(2_000, Assert.IsType<ChainVerdict.Whole>(AuditVerifier.Check(journal.Chain, rows)).Sequence);
    }

    [Fact]
    public void Append_WhenAFileIsFull_GoesOnInTheNextWithTheSameChain()
    {
        using AuditJournal journal = folder.Journal(segmentBytes: 2_000);

        for (int number = 1; number <= 20; number++)
        {
            journal.Append(AuditEntries.Payload(number));
        }

        Assert.True(folder.Files.Count > 3);
        Assert.Equal(20, journal.Last);
    }

    [Fact]
    public void TryTake_AJournalOfALivingProcess_IsRefused()
    {
        using AuditJournal journal = folder.Journal();

        Assert.Null(JournalSegment.TryTake(folder.Files.Single()));
    }

    [Fact]
    public void Read_AfterATornWrite_GivesEveryWholeLineAndNothingElse()
    {
        byte[] whole = FileOf(5);
        string path = folder.Files.Single();

        Gen.Int[0, whole.Length].Sample(
            length =>
            {
                File.WriteAllBytes(path, whole.AsSpan(0, length));
                using JournalSegment segment = JournalSegment.TryTake(path)!;
                JournalReader reader = new(segment);

                int lines = whole.AsSpan(0, length).Count((byte)'\n');
                Assert.Equal(Math.Max(0, lines - 1), ReadAll(reader).Count);
                Assert.False(reader.Damaged);
            },
            threads: 1);
    }

    [Fact]
    public void Read_ALineThatIsNotOne_SaysThatTheFileIsDamaged()
    {
        byte[] whole = FileOf(3);
        string path = folder.Files.Single();
        int second = whole.AsSpan().IndexOf((byte)'\n') + 1;
        whole[second + 10] = (byte)'?';
        File.WriteAllBytes(path, whole);

        using JournalSegment segment = JournalSegment.TryTake(path)!;
        JournalReader reader = new(segment);

        Assert.Empty(ReadAll(reader));
        Assert.True(reader.Damaged);
    }

    [Fact]
    public void Read_ALineLongerThanTheBuffer_IsWhole()
    {
        using AuditJournal journal = folder.Journal();
        byte[] large = new byte[200_000];
        Array.Fill(large, (byte)'x');
        journal.Append(AuditEntries.Payload(1));
        journal.Append(large);
        journal.Append(AuditEntries.Payload(2));

        Assert.Equal([1L, 2L, 3L], ReadAll(journal.Oldest()).Select(row => row.Sequence));
    }

    [Fact]
    public void Append_AfterDispose_IsUnavailable()
    {
        AuditJournal journal = folder.Journal();
        journal.Dispose();

        Assert.Throws<AuditUnavailableException>(() => journal.Append(AuditEntries.Payload(1)));
    }

    [Fact]
    public void Append_TakesMicroseconds()
    {
        using AuditJournal journal = folder.Journal(segmentBytes: 100_000_000);
        byte[] payload = AuditEntries.Payload(1);
        const int Count = 20_000;
        long best = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int number = 0; number < Count; number++)
            {
                journal.Append(payload);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).Ticks * 100 / Count);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"REPORT audit journal: an append takes {best} ns at best");
        // The goal is 20 microseconds; the machine of the tests is shared.
        Assert.InRange(best, 1, 100_000);
    }

    public void Dispose() => folder.Dispose();

    private byte[] FileOf(int entries)
    {
        using (AuditJournal journal = folder.Journal())
        {
            for (int number = 1; number <= entries; number++)
            {
                journal.Append(AuditEntries.Payload(number));
            }
        }

        return File.ReadAllBytes(folder.Files.Single());
    }

    private static List<ChainedEntry> ReadAll(JournalSegment segment) => ReadAll(new JournalReader(segment));

    private static List<ChainedEntry> ReadAll(JournalReader reader)
    {
        List<ChainedEntry> all = [];
        while (reader.Read() is { Count: > 0 } entries)
        {
            all.AddRange(entries);
        }

        return all;
    }
}
