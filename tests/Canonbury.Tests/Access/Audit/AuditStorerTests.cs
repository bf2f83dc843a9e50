using Canonbury.Access.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Canonbury.Tests.Access.Audit;

/// <summary>The road from the journal into the database, with its crashes.</summary>
public sealed class AuditStorerTests : IDisposable
{
    private readonly AuditFolder folder = new();

    [Fact]
    public async Task Running_StoresWhatIsAppended()
    {
        using AuditJournal journal = folder.Journal();
        using AuditStorer storer = Storer(journal);
        await storer.StartAsync(Cancellation);

        long sequence = journal.Append(AuditEntries.Payload(1));
        await storer.StoredAsync(sequence, Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal("nurse1", folder.Rows.Single().Entry.Caller);
        await storer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Stopping_StoresTheRest_AndLeavesNoJournal()
    {
        using AuditJournal journal = folder.Journal();
        using AuditStorer storer = Storer(journal);
        await storer.StartAsync(Cancellation);
        journal.Append(AuditEntries.Payload(1));

        await storer.StopAsync(Cancellation);

        Assert.Single(folder.Rows);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Stopping_WithoutTheDatabase_KeepsTheJournalForTheNextStart()
    {
        using (AuditJournal journal = folder.Journal())
        {
            using AuditStorer storer = Storer(journal);
            await storer.StartAsync(Cancellation);
            folder.Away = true;
            journal.Append(AuditEntries.Payload(1));
            await storer.StopAsync(Cancellation);
        }

        Assert.Single(folder.Files);
        folder.Away = false;
        await RecoverAsync();
        Assert.Single(folder.Rows);
    }

    [Fact]
    public async Task AnOutageOfTheDatabase_LosesNothingAndStoresNothingTwice()
    {
        using AuditJournal journal = folder.Journal(segmentBytes: 2_000);
        using AuditStorer storer = Storer(journal);
        await storer.StartAsync(Cancellation);
        for (int number = 1; number <= 60; number++)
        {
            folder.Away = number is > 10 and < 40;
            journal.Append(AuditEntries.Payload(number));
            await Task.Delay(5, Cancellation);
        }

        await storer.StoredAsync(60, Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal(60, Assert.IsType<ChainVerdict.Whole>(AuditVerifier.Check(journal.Chain, folder.Rows)).Sequence);
        Assert.Single(folder.Files);
        await storer.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task AfterAKill_TheNextStartStoresWhatTheDatabaseDoesNotHave(int storedBefore)
    {
        Guid chain = LeaveBehind(10, storedBefore);

        await RecoverAsync();

        Assert.Equal(10, Assert.IsType<ChainVerdict.Whole>(AuditVerifier.Check(chain, folder.Rows)).Sequence);
        Assert.DoesNotContain(folder.Files, file => file.Contains($"{chain:N}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARunningProcess_StoresWhatAnotherLeavesBehind()
    {
        using AuditJournal journal = folder.Journal();
        using AuditStorer storer = new(journal, folder.Path, folder.StoreAsync, strict: false, TimeProvider.System, NullLogger<AuditStorer>.Instance)
        {
            LeftBehindPause = TimeSpan.FromMilliseconds(50),
        };
        await storer.StartAsync(Cancellation);

        Guid chain = LeaveBehind(10, 0);

        while (folder.Rows.Count(row => row.Chain == chain) < 10)
        {
            await Task.Delay(20, Cancellation);
        }

        await storer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AfterAKill_WithATornLastLine_TheWholeLinesAreStored()
    {
        Guid chain = LeaveBehind(10, 0);
        string file = folder.Files.Single();
        await File.AppendAllTextAsync(file, "11 ab", Cancellation);

        await RecoverAsync();

        Assert.Equal(10, Assert.IsType<ChainVerdict.Whole>(AuditVerifier.Check(chain, folder.Rows)).Sequence);
    }

    [Fact]
    public async Task ADamagedJournal_IsSetAside_AndTheVerifierNamesTheFirstLostRow()
    {
        Guid chain = LeaveBehind(10, 0);
        string file = folder.Files.Single();
        string[] lines = await File.ReadAllLinesAsync(file, Cancellation);
        lines[6] = "what is this";
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n", Cancellation);

        await RecoverAsync();

        Assert.Equal(5, folder.Rows.Count);
        Assert.Equal(file + ".damaged", folder.Files.Single());
        Assert.Equal(5, Assert.IsType<ChainVerdict.Whole>(AuditVerifier.Check(chain, folder.Rows)).Sequence);
    }

    [Fact]
    public async Task TwoProcesses_InOneFolder_KeepTheirOwnChains()
    {
        using AuditJournal first = folder.Journal();
        using AuditJournal second = folder.Journal();
        using AuditStorer firstStorer = Storer(first);
        using AuditStorer secondStorer = Storer(second);
        for (int number = 1; number <= 10; number++)
        {
            first.Append(AuditEntries.Payload(number));
            second.Append(AuditEntries.Payload(100 + number));
        }

        await firstStorer.StoreLeftBehindAsync(Cancellation);
        Assert.Empty(folder.Rows);
        await firstStorer.StoreOwnAsync(Cancellation);
        await secondStorer.StoreOwnAsync(Cancellation);

        Assert.All([first.Chain, second.Chain], chain => Assert.Equal(
            10,
            Assert.IsType<ChainVerdict.Whole>(AuditVerifier.Check(chain, folder.Rows.Where(row => row.Chain == chain))).Sequence));
    }

    public void Dispose() => folder.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What a process leaves that was killed after it had stored some of its entries.</summary>
    private Guid LeaveBehind(int entries, int stored)
    {
        using AuditJournal journal = folder.Journal();
        for (int number = 1; number <= entries; number++)
        {
            journal.Append(AuditEntries.Payload(number));
        }

        IReadOnlyList<ChainedEntry> rows = new JournalReader(journal.Oldest()).Read();
        folder.StoreAsync([.. rows.Take(stored)], Cancellation).GetAwaiter().GetResult();
        return journal.Chain;
    }

    private async Task RecoverAsync()
    {
        using AuditJournal journal = folder.Journal();
        using AuditStorer storer = Storer(journal);
        await storer.StoreLeftBehindAsync(Cancellation);
        await storer.StopAsync(Cancellation);
    }

    private AuditStorer Storer(AuditJournal journal) =>
        new(journal, folder.Path, folder.StoreAsync, strict: false, TimeProvider.System, NullLogger<AuditStorer>.Instance);
}
