using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Microsoft.Extensions.Options;

namespace Canonbury.Access.SignIn;

/// <summary>Checks name and password, locks an account after wrong ones, opens a session and audits each attempt.</summary>
public sealed class SignInDesk(
    RecordDatabase database,
    GroupCommitter committer,
    Sessions sessions,
    AuditTrail trail,
    IOptions<AccessOptions> options,
    TimeProvider time)
    : IDisposable
{
    private const string Wrong = "The name or the password is wrong, or the account is locked for some minutes after too many attempts.";
    private const int LongestName = 100;

    // A password check costs a tenth of a second and more of a processor: a flood of attempts must not take them all.
    private readonly SemaphoreSlim checking = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task<SignInOutcome> SignInAsync(string name, string password, RequestOrigin origin, CancellationToken cancellation)
    {
        string account = name.Trim().ToLowerInvariant();
        if (!await checking.WaitAsync(TimeSpan.FromSeconds(5), cancellation))
        {
            return new SignInOutcome.Busy();
        }

        Caller? caller;
        try
        {
            caller = await CheckAsync(account, password);
        }
        finally
        {
            checking.Release();
        }

        if (caller is null)
        {
            await AuditAsync(AuditAction.SignIn, AuditOutcome.Failed, account, null, origin, cancellation);
            return new SignInOutcome.Refused(Wrong);
        }

        await AuditAsync(AuditAction.SignIn, AuditOutcome.Done, account, caller, origin, cancellation);
        (string secret, DateTimeOffset expires) = await sessions.OpenAsync(account);
        return new SignInOutcome.SignedIn(caller, secret, expires);
    }

    /// <summary>Ends the session at once, on every process.</summary>
    public async Task SignOutAsync(Caller caller, string secret, RequestOrigin origin, CancellationToken cancellation)
    {
        await AuditAsync(AuditAction.SignOut, AuditOutcome.Done, caller.Account, caller, origin, cancellation);
        await sessions.EndAsync(secret);
    }

    public void Dispose() => checking.Dispose();

    private async Task<Caller?> CheckAsync(string account, string password)
    {
        // The attempt is counted before the password is checked, so that attempts at the same time cannot pass the limit together.
        bool allowed = account.Length <= LongestName && await committer.CommitAsync(0, session => CountAttempt(session, account)) == 1;
        (Caller Caller, string Hash)? found = allowed ? Find(account) : null;
        bool matches = PasswordHash.Matches(password, found?.Hash ?? PasswordHash.OfNobody);
        if (found is null || !matches)
        {
            return null;
        }

        await committer.CommitAsync(
            0, session => session.Execute("UPDATE account SET failures = 0, locked_until = NULL WHERE name = $1", account));
        return found.Value.Caller;
    }

    private int CountAttempt(Session session, string account)
    {
        DateTimeOffset now = time.GetUtcNow();
        return session.Execute(
            """
            UPDATE account SET
              failures = CASE WHEN locked_until IS NULL THEN failures + 1 ELSE 1 END,
              locked_until = CASE WHEN locked_until IS NULL AND failures + 1 >= $3 THEN $4 ELSE NULL END
            WHERE name = $1 AND password_hash IS NOT NULL AND (locked_until IS NULL OR locked_until <= $2)
            """,
            account,
            now,
            options.Value.SignInAttempts,
            now + TimeSpan.FromMinutes(options.Value.LockMinutes));
    }

    private (Caller Caller, string Hash)? Find(string account)
    {
        using Session session = database.Open();
        return session.Query(
            $"SELECT {AccountRow.Columns}, a.password_hash FROM account a WHERE a.name = $1 AND a.password_hash IS NOT NULL",
            row => AccountRow.Read(row, options.Value.DemoAccounts) is { } caller ? (caller, row.Text(8)) : ((Caller, string)?)null,
            account).SingleOrDefault();
    }

    private ValueTask AuditAsync(
        AuditAction action, AuditOutcome outcome, string account, Caller? caller, RequestOrigin origin, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        return trail.AppendAsync(
            new AuditEntry
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                Action = action,
                Outcome = outcome,
                Caller = account.Length <= LongestName ? account : account[..LongestName],
                Role = caller?.Role,
                Organisation = caller?.Organisation.Code,
            },
            origin,
            cancellation);
    }
}
