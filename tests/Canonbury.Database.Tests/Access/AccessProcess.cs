using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Fhir.Ids;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Canonbury.Database.Tests.Access;

/// <summary>The room as one process has it, on a test's database. Two of them are two processes that share it.</summary>
internal sealed class AccessProcess : IDisposable
{
    private readonly AuditStorer storer;

    public AccessProcess(TestDatabase test, TimeProvider clock, AccessOptions? options = null)
    {
        IOptions<AccessOptions> settings = Options.Create(options ?? new AccessOptions { DemoAccounts = true });
        Folder = Path.Combine(test.Options.Folder, "audit");
        Audit = new AuditTable(test.Database, test.Committer, clock);
        Journal = new AuditJournal(Folder, Guid.CreateVersion7(), segmentBytes: 1_000_000);
        storer = new AuditStorer(Journal, Folder, Audit.StoreAsync, strict: false, clock, NullLogger<AuditStorer>.Instance);
        Trail = new AuditTrail(Journal, storer, strict: false, clock);
        Accounts = new Accounts(test.Database, test.Committer, settings, clock);
        Sessions = new Sessions(test.Database, test.Committer, settings, clock);
        Desk = new SignInDesk(test.Database, test.Committer, Sessions, Trail, settings, clock);
        Tokens = new ClientTokens(test.Database, test.Committer, RegisterAsync, Trail, settings, clock);
    }

    public string Folder { get; }

    public AuditTable Audit { get; }

    public AuditJournal Journal { get; }

    public AuditTrail Trail { get; }

    public Accounts Accounts { get; }

    public Sessions Sessions { get; }

    public SignInDesk Desk { get; }

    public ClientTokens Tokens { get; }

    public List<SourceId> Registered { get; } = [];

    /// <summary>Stores what the journal holds now and reads it from the database, without the entry that opens the chain.</summary>
    public async Task<IReadOnlyList<AuditEntry>> StoredAsync()
    {
        await storer.StoreOwnAsync(CancellationToken.None);
        return [.. Audit.Read(Journal.Chain, 1, 1_000).Select(row => row.Entry)];
    }

    /// <summary>Stores what earlier processes left in the folder.</summary>
    public Task RecoverAsync() => storer.StoreLeftBehindAsync(CancellationToken.None);

    public void Dispose()
    {
        Desk.Dispose();
        storer.Dispose();
        Journal.Dispose();
    }

    private Task RegisterAsync(SourceId source, string name, bool isExpected, CancellationToken cancellation)
    {
        Registered.Add(source);
        return Task.CompletedTask;
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class StandingClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;
}
