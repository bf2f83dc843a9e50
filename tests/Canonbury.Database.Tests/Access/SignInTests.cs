using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Database.Tests.Access;

public sealed class SignInTests
{
    private readonly StandingClock clock = new();
    private readonly RequestOrigin origin = new("192.0.2.1", "r1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task SignIn_WithTheRightPassword_OpensASessionThatAnotherProcessKnows(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);
        using AccessProcess other = new(test, clock);

        SignInOutcome.SignedIn signedIn = await SignInAsync(process, " Nurse ");

        Caller caller = (await other.Sessions.FindAsync(signedIn.Secret))!;
        Assert.Equal((Role.WardNurse, CallerKind.Professional, "DEMO2"), (caller.Role, caller.Kind, caller.Organisation.Code));
        AuditEntry entry = Assert.Single(await process.StoredAsync());
        Assert.Equal((AuditAction.SignIn, AuditOutcome.Done, "nurse", "192.0.2.1"), (entry.Action, entry.Outcome, entry.Caller, entry.Address));
    }

    [Theory, OnBothDatabases]
    public async Task SignIn_WithAWrongPasswordOrName_IsRefusedWithTheSameWordsAndAudited(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);

        SignInOutcome wrong = await process.Desk.SignInAsync("nurse", "guess", origin, Cancellation);
        SignInOutcome unknown = await process.Desk.SignInAsync("nobody", DemoAccounts.Password, origin, Cancellation);
        SignInOutcome endless = await process.Desk.SignInAsync(new string('n', 100_000), "x", origin, Cancellation);

        Assert.Equal(Assert.IsType<SignInOutcome.Refused>(wrong), unknown);
        Assert.Equal(wrong, endless);
        IReadOnlyList<AuditEntry> entries = await process.StoredAsync();
        Assert.Equal(["nurse", "nobody", new string('n', 100)], entries.Select(entry => entry.Caller));
        Assert.All(entries, entry => Assert.Equal(AuditOutcome.Failed, entry.Outcome));
    }

    [Theory, OnBothDatabases]
    public async Task SignIn_AfterTooManyWrongPasswords_IsLockedForAWhileAndThenOpen(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test, attempts: 3);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await process.Desk.SignInAsync("nurse", "guess", origin, Cancellation);
        }

        Assert.IsType<SignInOutcome.Refused>(await process.Desk.SignInAsync("nurse", DemoAccounts.Password, origin, Cancellation));

        clock.Advance(TimeSpan.FromMinutes(16));
        await SignInAsync(process, "nurse");
    }

    [Theory, OnBothDatabases]
    public async Task SignIn_ManyWrongPasswordsAtOnce_DoNotPassTheLimitTogether(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test, attempts: 3);
        using AccessProcess other = new(test, clock, new AccessOptions { DemoAccounts = true, SignInAttempts = 3 });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(number =>
            (number % 2 == 0 ? process : other).Desk.SignInAsync("nurse", $"guess{number}", origin, Cancellation)));

        using Session session = test.Database.Open();
        Assert.Equal((3L, false), session.Query("SELECT failures, locked_until FROM account WHERE name = 'nurse'", row => (row.Long(0), row.IsNull(1))).Single());
    }

    [Theory, OnBothDatabases]
    public async Task SignIn_BeforeTheLimit_ForgetsTheWrongOnes(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test, attempts: 3);
        for (int round = 0; round < 2; round++)
        {
            await process.Desk.SignInAsync("nurse", "guess", origin, Cancellation);
            await process.Desk.SignInAsync("nurse", "guess", origin, Cancellation);
            await SignInAsync(process, "nurse");
        }
    }

    [Theory, OnBothDatabases]
    public async Task SignIn_WithADemonstrationAccount_OutsideTheDemonstration_IsRefused(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess demo = await StartAsync(test);
        string secret = (await SignInAsync(demo, "gp")).Secret;
        using AccessProcess earnest = new(test, clock, new AccessOptions());

        Assert.IsType<SignInOutcome.Refused>(await earnest.Desk.SignInAsync("gp", DemoAccounts.Password, origin, Cancellation));
        Assert.Null(await earnest.Sessions.FindAsync(secret));
        await Assert.ThrowsAsync<InvalidOperationException>(() => earnest.Accounts.AddDemoAccountsAsync(null));
    }

    [Theory, OnBothDatabases]
    public async Task AddDemoAccounts_Twice_KeepsOneOfEach_AndNamesTheResidentsPatient(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);
        PatientId patient = PatientId.Of(new SourceId("gp"), "1");

        await process.Accounts.AddDemoAccountsAsync(patient);

        SignInOutcome.SignedIn resident = await SignInAsync(process, "resident");
        Assert.Equal((Role.Resident, (PatientId?)patient), (resident.Caller.Role, resident.Caller.Self));
        using Session session = test.Database.Open();
        Assert.Equal(DemoAccounts.All.Count, session.Query("SELECT COUNT(*) FROM account", row => row.Long(0)).Single());
    }

    [Theory, OnBothDatabases]
    public async Task Session_AfterSignOut_IsOverOnEveryProcess(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);
        using AccessProcess other = new(test, clock);
        SignInOutcome.SignedIn signedIn = await SignInAsync(process, "gp");

        await other.Desk.SignOutAsync(signedIn.Caller, signedIn.Secret, origin, Cancellation);

        Assert.Null(await process.Sessions.FindAsync(signedIn.Secret));
        Assert.Equal(AuditAction.SignOut, (await other.StoredAsync()).Single().Action);
    }

    [Theory, OnBothDatabases]
    public async Task Session_WithoutARequestForTooLong_IsOver(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);
        string secret = (await SignInAsync(process, "gp")).Secret;

        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.NotNull(await process.Sessions.FindAsync(secret));
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.NotNull(await process.Sessions.FindAsync(secret));
        clock.Advance(TimeSpan.FromMinutes(21));
        Assert.Null(await process.Sessions.FindAsync(secret));
    }

    [Theory, OnBothDatabases]
    public async Task Session_InUseAllDay_IsOverAfterItsHours(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);
        SignInOutcome.SignedIn signedIn = await SignInAsync(process, "gp");

        for (int quarter = 1; quarter < 40; quarter++)
        {
            clock.Advance(TimeSpan.FromMinutes(15));
            Assert.NotNull(await process.Sessions.FindAsync(signedIn.Secret));
        }

        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(signedIn.Expires, clock.GetUtcNow());
        Assert.Null(await process.Sessions.FindAsync(signedIn.Secret));
    }

    [Theory, OnBothDatabases]
    public async Task Session_TakesRoleAndOrganisationFromTheAccountAsItIsNow(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);
        string secret = (await SignInAsync(process, "gp")).Secret;

        await test.Committer.CommitAsync(0, session => session.Execute("UPDATE account SET role = 'OperationsStaff' WHERE name = 'gp'"));

        Assert.Equal(Role.OperationsStaff, (await process.Sessions.FindAsync(secret))!.Role);
    }

    [Theory, OnBothDatabases]
    public async Task Session_TheDatabaseHoldsNoSecret(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = await StartAsync(test);
        string secret = (await SignInAsync(process, "gp")).Secret;

        using Session session = test.Database.Open();
        byte[] stored = session.Query("SELECT hash FROM session", row => row.Bytes(0)).Single();

        Assert.NotEqual(secret, Convert.ToBase64String(stored).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        Assert.Null(await process.Sessions.FindAsync(Convert.ToHexString(stored)));
        Assert.Null(await process.Sessions.FindAsync(""));
    }

    private async Task<AccessProcess> StartAsync(TestDatabase test, int attempts = 5)
    {
        AccessProcess process = new(test, clock, new AccessOptions { DemoAccounts = true, SignInAttempts = attempts });
        await process.Accounts.AddDemoAccountsAsync(null);
        return process;
    }

    private async Task<SignInOutcome.SignedIn> SignInAsync(AccessProcess process, string name) =>
        Assert.IsType<SignInOutcome.SignedIn>(await process.Desk.SignInAsync(name, DemoAccounts.Password, origin, Cancellation));
}
