using System.Buffers;
using System.Diagnostics;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Database.Tests.Access;

/// <summary>Features G1 and G2 in the database: what was appended is stored once, and any edit is found.</summary>
public sealed class AuditTableTests
{
    private static readonly PatientId Patient = PatientId.Of(new SourceId("gp"), "1");

    /// <summary>An entry as the journal gets it.</summary>
    internal static byte[] Payload
    {
        get
        {
            ArrayBufferWriter<byte> writer = new();
            AuditJson.Write(Entry(1), writer);
            return writer.WrittenSpan.ToArray();
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Store_GivesBackWhatWasAppended(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, TimeProvider.System);
        await AppendAsync(process, 5);

        IReadOnlyList<AuditEntry> stored = await process.StoredAsync();

        Assert.Equal([0, 1, 2, 3, 4], stored.Select(entry => int.Parse(entry.Detail!, null)));
        Assert.Equal([Patient], stored[0].Patients);
        Assert.Equal(6, Assert.IsType<ChainVerdict.Whole>(process.Audit.Verify(process.Journal.Chain)).Sequence);
        Assert.Equal([process.Journal.Chain], process.Audit.Chains());
    }

    [Theory, OnBothDatabases]
    public async Task About_APatient_FindsTheEntriesNewestFirst(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, TimeProvider.System);
        await AppendAsync(process, 3);
        await process.StoredAsync();

        Assert.Equal([4L, 3L, 2L], process.Audit.About(Patient, 10).Select(found => found.Sequence));
        Assert.Empty(process.Audit.About(PatientId.Of(new SourceId("gp"), "2"), 10));
    }

    [Theory, OnBothDatabases]
    public async Task AfterAKillBetweenDatabaseAndJournal_NothingIsStoredTwice(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        Guid chain;
        using (AccessProcess killed = new(test, TimeProvider.System))
        {
            await AppendAsync(killed, 10);
            await killed.StoredAsync();
            await AppendAsync(killed, 10);
            chain = killed.Journal.Chain;
        }

        using AccessProcess next = new(test, TimeProvider.System);
        await next.RecoverAsync();

        Assert.Equal(21, Assert.IsType<ChainVerdict.Whole>(next.Audit.Verify(chain)).Sequence);
        Assert.Equal(20, next.Audit.About(Patient, 100).Count);
        Assert.DoesNotContain(Directory.EnumerateFiles(next.Folder), file => file.Contains($"{chain:N}", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task Verify_AfterAnEdit_NamesTheRow(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, TimeProvider.System);
        await AppendAsync(process, 10);
        await process.StoredAsync();
        byte[] payload = [.. process.Audit.Read(process.Journal.Chain, 4, 1)[0].Payload!];
        int at = payload.AsSpan().IndexOf("Ward round"u8);
        "Research!!"u8.CopyTo(payload.AsSpan(at));

        await test.Committer.CommitAsync(0, session => session.Execute("UPDATE audit SET payload = $1 WHERE sequence = 5", payload));

        Assert.Equal(5, Assert.IsType<ChainVerdict.Broken>(process.Audit.Verify(process.Journal.Chain)).Sequence);
    }

    [Theory, OnBothDatabases]
    public async Task Verify_AfterADeletedRow_NamesIt_AndAfterAnErasedPayload_DoesNot(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, TimeProvider.System);
        await AppendAsync(process, 10);
        await process.StoredAsync();

        await test.Committer.CommitAsync(0, session => session.Execute("UPDATE audit SET payload = NULL, salt = NULL WHERE sequence = 3"));
        Assert.Equal(1, Assert.IsType<ChainVerdict.Whole>(process.Audit.Verify(process.Journal.Chain)).Erased);

        await test.Committer.CommitAsync(0, session => session.Execute("DELETE FROM audit WHERE sequence = 7"));
        Assert.Equal(7, Assert.IsType<ChainVerdict.Broken>(process.Audit.Verify(process.Journal.Chain)).Sequence);
    }

    [Theory, OnBothDatabases]
    public async Task Verify_AChainWithoutItsBeginning_IsStillFound_AndNamesTheFirstRow(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, TimeProvider.System);
        await AppendAsync(process, 5);
        await process.StoredAsync();

        await test.Committer.CommitAsync(0, session => session.Execute("DELETE FROM audit WHERE sequence <= 2"));

        Assert.Equal(1, Assert.IsType<ChainVerdict.Broken>(process.Audit.Verify(process.Audit.Chains().Single())).Sequence);
    }

    [Theory, OnBothDatabases]
    public async Task Verify_AChainOfSeveralPages_IsWhole(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, TimeProvider.System);
        await AppendAsync(process, 2_500);
        await process.StoredAsync();

        Assert.Equal(2_501, Assert.IsType<ChainVerdict.Whole>(process.Audit.Verify(process.Journal.Chain)).Sequence);
    }

    [Theory, OnBothDatabases]
    public async Task Store_KeepsUpWithManyReads(Engine engine)
    {
        const int Entries = 20_000;
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, TimeProvider.System);
        Stopwatch appending = Stopwatch.StartNew();
        await AppendAsync(process, Entries);
        appending.Stop();
        Stopwatch storing = Stopwatch.StartNew();
        await process.StoredAsync();
        storing.Stop();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"REPORT audit on {engine}: an append takes {appending.Elapsed.TotalMicroseconds / Entries:F1} us, the database stores {Entries / storing.Elapsed.TotalSeconds:F0} entries/s");
        Assert.Equal(Entries + 1, Assert.IsType<ChainVerdict.Whole>(process.Audit.Verify(process.Journal.Chain)).Sequence);
    }

    private static async Task AppendAsync(AccessProcess process, int entries)
    {
        for (int number = 0; number < entries; number++)
        {
            await process.Trail.AppendAsync(Entry(number), origin: null, Cancellation);
        }
    }

    private static AuditEntry Entry(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        At = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Action = AuditAction.View,
        Outcome = AuditOutcome.Granted,
        Caller = "nurse",
        Patients = [Patient],
        Purpose = "Ward round",
        Detail = $"{number}",
    };
}
