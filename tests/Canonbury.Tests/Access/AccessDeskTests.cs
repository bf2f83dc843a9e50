using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Tests.Access.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Canonbury.Tests.Access;

/// <summary>Feature G1: every grant and every refusal is recorded before data leaves.</summary>
public sealed class AccessDeskTests : IDisposable
{
    private static readonly PersonId Person = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));
    private static readonly PatientId[] Patients = [TestCallers.ResidentsPatient, PatientId.Of(new SourceId("pas"), "77")];

    private readonly AuditFolder folder = new();
    private readonly AuditJournal journal;
    private readonly AuditStorer storer;
    private readonly AccessDesk desk;
    private readonly RequestOrigin origin = new("192.0.2.1", "r1");

    public AccessDeskTests()
    {
        journal = folder.Journal();
        storer = new AuditStorer(journal, folder.Path, folder.StoreAsync, strict: false, TimeProvider.System, NullLogger<AuditStorer>.Instance);
        desk = new AccessDesk(
            new AuditTrail(journal, storer, strict: false, TimeProvider.System),
            (patient, _) => ValueTask.FromResult<PersonId?>(Patients.Contains(patient) ? Person : null),
            (person, _) => ValueTask.FromResult<IReadOnlyList<PatientId>>(person == Person ? Patients : []),
            (_, _) => null,
            Options.Create(new AccessOptions()),
            TimeProvider.System);
    }

    [Fact]
    public async Task Request_ThatIsGranted_IsInTheJournalUnderTheGrantsId()
    {
        AccessGrant grant = await GrantAsync(Role.WardNurse);

        AuditEntry entry = Written().Single();
        Assert.Equal(grant.Id, entry.Id);
        Assert.Equal((AuditAction.View, AuditOutcome.Granted, "WardNurse", "X01"), (entry.Action, entry.Outcome, entry.Caller, entry.Organisation));
        Assert.Equal("Ward round", entry.Purpose);
        Assert.Equal(("192.0.2.1", "r1"), (entry.Address, entry.RequestId));
    }

    [Fact]
    public async Task Request_AboutAPerson_NamesThePatientsThatAreLinkedNow()
    {
        await GrantAsync(Role.WardNurse);

        Assert.Equal(Patients, Written().Single().Patients);
    }

    [Theory]
    [InlineData(null, RefusalCode.UnknownCaller)]
    [InlineData(Role.OperationsStaff, RefusalCode.RoleMayNot)]
    [InlineData(Role.GeneralPractitioner, RefusalCode.ReasonMissing)]
    public async Task Request_ThatIsRefused_IsAuditedAndGivesNoGrant(Role? role, RefusalCode code)
    {
        Caller? caller = role is { } known ? TestCallers.Of(known) : null;

        AccessAnswer answer = await desk.RequestAsync(caller, new AccessRequest(GrantScope.Person, Person), origin, Cancellation);

        Assert.Equal(code, Assert.IsType<AccessAnswer.Refused>(answer).Refusal.Code);
        AuditEntry entry = Written().Single();
        Assert.Equal((AuditOutcome.Refused, code.ToString()), (entry.Outcome, entry.Detail));
        Assert.Equal(Patients, entry.Patients);
        Assert.True(origin.Settled);
    }

    [Fact]
    public async Task Request_OfAResident_OpensThePersonThatTheOwnPatientIsLinkedTo()
    {
        AccessAnswer own = await desk.RequestAsync(TestCallers.Of(Role.Resident), new AccessRequest(GrantScope.Person, Person), origin, Cancellation);
        AccessAnswer other = await desk.RequestAsync(
            TestCallers.Of(Role.Resident), new AccessRequest(GrantScope.Person, new PersonId(Guid.NewGuid())), origin, Cancellation);

        Assert.IsType<AccessAnswer.Granted>(own);
        Assert.Equal(RefusalCode.NotOwnRecord, Assert.IsType<AccessAnswer.Refused>(other).Refusal.Code);
    }

    [Fact]
    public async Task Request_OfASystemClient_NamesItsOwnSourceAndNoOther()
    {
        AccessAnswer answer = await desk.RequestAsync(TestCallers.Of(Role.SystemClient), new AccessRequest(GrantScope.OwnSource), origin, Cancellation);

        AccessGrant grant = Assert.IsType<AccessAnswer.Granted>(answer).Grant;
        Assert.Equal((new SourceId("loader"), (PersonId?)null), (grant.Source!.Value, grant.Person));
        Assert.Null((await GrantAsync(Role.WardNurse)).Source);
    }

    [Fact]
    public async Task Request_WhenTheAuditCannotBeKept_GivesNoAnswer()
    {
        journal.Dispose();

        await Assert.ThrowsAsync<AuditUnavailableException>(() => GrantAsync(Role.WardNurse));
    }

    [Fact]
    public async Task Origin_IsSettled_OnlyOnceWhatIsShownWasRecorded()
    {
        Assert.False(origin.Settled);
        AccessGrant grant = await GrantAsync(Role.WardNurse);
        Assert.False(origin.Settled);

        await desk.ShowAsync(TestCallers.Of(Role.WardNurse), grant, ShownItems.Nothing, origin, Cancellation);

        Assert.True(origin.Settled);
        Assert.Equal((AuditAction.Show, (Guid?)grant.Id), (Written()[^1].Action, Written()[^1].Grant));
    }

    [Fact]
    public async Task Read_LeavesOneEntry_TheGrantWithWhatIsShownUnderIt()
    {
        ShownItems shown = new() { Patients = [Patients[1]], Items = [new ShownItem("Observation", "o", 3)] };
        Guid? granted = null;

        await desk.ReadAsync(
            TestCallers.Of(Role.SystemClient), new AccessRequest(GrantScope.OwnSource), grant => Shown(grant.Id), origin, Cancellation);

        AuditEntry entry = Written().Single();
        Assert.Equal((granted, AuditOutcome.Granted), (entry.Id, entry.Outcome));
        Assert.Equal(("o", 3), (entry.Shown!.Items.Single().Id, entry.Shown.Items.Single().Version));
        Assert.Equal([Patients[1]], entry.Patients);
        Assert.True(origin.Settled);

        Task<ShownItems> Shown(Guid id)
        {
            Assert.False(origin.Settled);
            granted = id;
            return Task.FromResult(shown);
        }
    }

    [Fact]
    public async Task Read_ThatIsRefused_IsAudited_AndReadsNothing()
    {
        AccessAnswer answer = await desk.ReadAsync(
            TestCallers.Of(Role.WardNurse), new AccessRequest(GrantScope.OwnSource), _ => throw new InvalidOperationException("read"), origin, Cancellation);

        Assert.Equal(RefusalCode.RoleMayNot, Assert.IsType<AccessAnswer.Refused>(answer).Refusal.Code);
        Assert.Equal(AuditOutcome.Refused, Written().Single().Outcome);
    }

    [Fact]
    public async Task Read_ThatFails_LeavesItsGrantInTheAudit()
    {
        await Assert.ThrowsAsync<TimeoutException>(async () => await desk.ReadAsync(
            TestCallers.Of(Role.SystemClient), new AccessRequest(GrantScope.OwnSource), _ => throw new TimeoutException(), origin, Cancellation));

        Assert.Equal((AuditOutcome.Granted, 0), (Written().Single().Outcome, Written().Single().Shown!.Items.Count));
    }

    [Fact]
    public async Task Read_WhenTheAuditCannotBeKept_GivesNoAnswer()
    {
        journal.Dispose();

        await Assert.ThrowsAsync<AuditUnavailableException>(async () => await desk.ReadAsync(
            TestCallers.Of(Role.SystemClient), new AccessRequest(GrantScope.OwnSource), _ => Task.FromResult(ShownItems.Nothing), origin, Cancellation));
        Assert.False(origin.Settled);
    }

    [Fact]
    public async Task Strict_TheAnswerWaitsForTheDatabase()
    {
        using AuditJournal strictJournal = folder.Journal();
        using AuditStorer strictStorer = new(strictJournal, folder.Path, folder.StoreAsync, strict: true, TimeProvider.System, NullLogger<AuditStorer>.Instance);
        AuditTrail trail = new(strictJournal, strictStorer, strict: true, TimeProvider.System);
        folder.Away = true;
        await strictStorer.StartAsync(Cancellation);

        Task append = trail.AppendAsync(AuditEntries.Of(1), origin, Cancellation).AsTask();
        await Task.Delay(300, Cancellation);
        Assert.False(append.IsCompleted);
        Assert.False(origin.Settled);

        folder.Away = false;
        await append.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Contains(folder.Rows, row => row.Entry.Caller == "nurse1");
        await strictStorer.StopAsync(Cancellation);
    }

    public void Dispose()
    {
        storer.Dispose();
        journal.Dispose();
        folder.Dispose();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<AccessGrant> GrantAsync(Role role)
    {
        AccessRequest request = new(GrantScope.Person, Person, "Ward round");
        AccessAnswer answer = await desk.RequestAsync(TestCallers.Of(role), request, origin, Cancellation);
        return Assert.IsType<AccessAnswer.Granted>(answer).Grant;
    }

    /// <summary>What the journal's file holds, but for the entry that opens the chain.</summary>
    private List<AuditEntry> Written() =>
        [.. new JournalReader(journal.Oldest()).Read().Select(row => row.Entry).Where(entry => entry.Action != AuditAction.OpenChain)];
}
