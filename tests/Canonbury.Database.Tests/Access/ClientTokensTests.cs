using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Database.Tests.Access;

public sealed class ClientTokensTests
{
    private readonly StandingClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Issue_ForANewClient_RegistersItAndItsSource_AndEveryProcessKnowsTheToken(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, clock);
        using AccessProcess other = new(test, clock);

        TokenOutcome.Issued issued = await IssueAsync(process, "load-tool", 24);

        Caller caller = (await other.Tokens.FindAsync(issued.Token))!;
        Assert.Equal(("load-tool", Role.SystemClient, (SourceId?)new SourceId("load-tool")), (caller.Account, caller.Role, caller.Source));
        Assert.Equal([new SourceId("load-tool")], process.Registered);
        Assert.Equal((AuditAction.IssueToken, "load-tool"), (await process.StoredAsync()).Select(entry => (entry.Action, entry.Caller)).Single());
    }

    [Theory, OnBothDatabases]
    public async Task Issue_Twice_GivesTwoTokensOfOneClient(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, clock);

        string first = (await IssueAsync(process, "load-tool", 24)).Token;
        string second = (await IssueAsync(process, "load-tool", 24)).Token;

        Assert.NotEqual(first, second);
        Assert.Equal(await process.Tokens.FindAsync(first), await process.Tokens.FindAsync(second));
    }

    [Theory, OnBothDatabases]
    public async Task Find_AfterItsEnd_IsNull_AlsoWhereItIsRemembered(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, clock);
        string token = (await IssueAsync(process, "load-tool", 1)).Token;

        clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await process.Tokens.FindAsync(token));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await process.Tokens.FindAsync(token));
    }

    [Theory, OnBothDatabases]
    public async Task Find_AfterItWasWithdrawn_IsNullWithinTenSeconds(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, clock);
        string token = (await IssueAsync(process, "load-tool", 1)).Token;
        Assert.NotNull(await process.Tokens.FindAsync(token));

        await test.Committer.CommitAsync(0, session => session.Execute("DELETE FROM client_token"));
        clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Null(await process.Tokens.FindAsync(token));
    }

    [Theory, OnBothDatabases]
    public async Task Issue_ForTheNameOfAnAccount_IsRefused(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, clock);
        await process.Accounts.AddDemoAccountsAsync(null);

        Assert.IsType<TokenOutcome.Refused>(await process.Tokens.IssueAsync("gp", Role.SystemClient, 24, Cancellation));
    }

    [Theory]
    [InlineData("", 24)]
    [InlineData("a", 24)]
    [InlineData("Upper", 24)]
    [InlineData("white space", 24)]
    [InlineData("new\nline", 24)]
    [InlineData("trailing\n", 24)]
    [InlineData("load-tool", 0)]
    [InlineData("load-tool", 1_000_000)]
    public async Task Issue_WithAWrongNameOrTime_IsRefusedInWords(string client, int hours)
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        using AccessProcess process = new(test, clock);

        TokenOutcome outcome = await process.Tokens.IssueAsync(client, Role.SystemClient, hours, Cancellation);

        Assert.EndsWith(".", Assert.IsType<TokenOutcome.Refused>(outcome).Words, StringComparison.Ordinal);
        Assert.Empty(process.Registered);
    }

    [Theory, OnBothDatabases]
    public async Task Find_WhatIsNoToken_IsNull(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        using AccessProcess process = new(test, clock);
        string token = (await IssueAsync(process, "load-tool", 24)).Token;
        using Session session = test.Database.Open();
        byte[] stored = session.Query("SELECT hash FROM client_token", row => row.Bytes(0)).Single();

        Assert.Null(await process.Tokens.FindAsync(""));
        Assert.Null(await process.Tokens.FindAsync(token + "A"));
        Assert.Null(await process.Tokens.FindAsync(Convert.ToBase64String(stored).TrimEnd('=').Replace('+', '-').Replace('/', '_')));
    }

    private static async Task<TokenOutcome.Issued> IssueAsync(AccessProcess process, string client, int hours) =>
        Assert.IsType<TokenOutcome.Issued>(await process.Tokens.IssueAsync(client, Role.SystemClient, hours, Cancellation));
}
