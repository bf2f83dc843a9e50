using System.Diagnostics;
using System.Globalization;
using Canonbury.Access.Audit;
using Xunit;

namespace Canonbury.Database.Tests.Access;

/// <summary>Kills a real process (SIGKILL) while it appends: what it had acknowledged is in the audit after the next start.</summary>
public sealed class AuditKillTests
{
    private const string FolderVariable = "CANONBURY_TEST_AUDIT_FOLDER";
    private const string Acknowledged = "acknowledged";

    [Fact]
    public async Task AfterKill9_EveryAcknowledgedEntryIsStored_Once()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        string folder = Path.Combine(test.Options.Folder, "audit");
        Directory.CreateDirectory(folder);
        long acknowledged = await RunAndKillAsync(folder);

        using AccessProcess next = new(test, TimeProvider.System);
        await next.RecoverAsync();

        Guid chain = next.Audit.Chains().Single();
        Assert.NotEqual(next.Journal.Chain, chain);
        Assert.InRange(Assert.IsType<ChainVerdict.Whole>(next.Audit.Verify(chain)).Sequence, acknowledged, acknowledged + 1);
    }

    /// <summary>Runs in the process that is killed.</summary>
    [Fact(Explicit = true)]
    public void AppendUntilKilled()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable) ?? throw new InvalidOperationException($"{FolderVariable} is not set.");
        using AuditJournal journal = new(folder, Guid.CreateVersion7(), segmentBytes: 50_000);
        using FileStream acknowledgements = new(Path.Combine(folder, Acknowledged), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        while (true)
        {
            long sequence = journal.Append(AuditTableTests.Payload);
            acknowledgements.Position = 0;
            acknowledgements.Write(System.Text.Encoding.ASCII.GetBytes(sequence.ToString("D12", CultureInfo.InvariantCulture)));
        }
    }

    private static async Task<long> RunAndKillAsync(string folder)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[FolderVariable] = folder;
        string dll = typeof(AuditKillTests).Assembly.Location;
        string[] arguments = ["-explicit", "only", "-method", $"{typeof(AuditKillTests).FullName}.{nameof(AppendUntilKilled)}"];
        foreach (string argument in Path.GetFileNameWithoutExtension(start.FileName) == "dotnet" ? [dll, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string file = Path.Combine(folder, Acknowledged);
        try
        {
            Stopwatch waited = Stopwatch.StartNew();
            while (Read(file) < 2_000 && waited.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return Read(file);
    }

    private static long Read(string file)
    {
        if (!File.Exists(file))
        {
            return 0;
        }

        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        return long.TryParse(reader.ReadToEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : 0;
    }
}
