using Canonbury.Access.Callers;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Microsoft.Extensions.Options;

namespace Canonbury.Access.SignIn;

/// <summary>
/// The sessions of those who are signed in, in the database, so that any process serves any request and a sign-out holds everywhere
/// at once (design, rule 7). A session ends by sign-out, after some minutes without a request, and after some hours in any case.
/// </summary>
public sealed class Sessions(RecordDatabase database, GroupCommitter committer, IOptions<AccessOptions> options, TimeProvider time)
{
    /// <summary>How old the stored time of the last request may become before it is written again.</summary>
    private static readonly TimeSpan SeenGrain = TimeSpan.FromSeconds(30);

    /// <summary>The account's caller as it is now; null where the session is over or was never there.</summary>
    public async ValueTask<Caller?> FindAsync(string secret)
    {
        if (Secret.HashOf(secret) is not { } hash)
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        (Caller? caller, DateTimeOffset seen) = Find(hash, now);
        if (caller is not null && now - seen > SeenGrain)
        {
            await committer.CommitAsync(0, session => session.Execute("UPDATE session SET seen_at = $2 WHERE hash = $1", hash, now));
        }

        return caller;
    }

    internal async Task<(string Secret, DateTimeOffset Expires)> OpenAsync(string account)
    {
        string secret = Secret.Create();
        byte[] hash = Secret.HashOf(secret)!;
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset expires = now + TimeSpan.FromHours(options.Value.SessionHours);
        await committer.CommitAsync(0, session => Open(session, hash, account, now, expires));
        return (secret, expires);
    }

    internal async Task EndAsync(string secret)
    {
        if (Secret.HashOf(secret) is { } hash)
        {
            await committer.CommitAsync(0, session => session.Execute("DELETE FROM session WHERE hash = $1", hash));
        }
    }

    private (Caller? Caller, DateTimeOffset Seen) Find(byte[] hash, DateTimeOffset now)
    {
        using Session session = database.Open();
        return session.Query(
            $"""
            SELECT {AccountRow.Columns}, s.seen_at FROM session s JOIN account a ON a.name = s.account
            WHERE s.hash = $1 AND s.expires_at > $2 AND s.seen_at > $3
            """,
            row => (AccountRow.Read(row, options.Value.DemoAccounts), row.Time(8)),
            hash,
            now,
            now - TimeSpan.FromMinutes(options.Value.SessionIdleMinutes)).SingleOrDefault();
    }

    private static int Open(Session session, byte[] hash, string account, DateTimeOffset now, DateTimeOffset expires)
    {
        // Each sign-in takes the sessions that are over with it, so no other work is needed to clear them.
        session.Write("DELETE FROM session WHERE expires_at <= $1", now);
        session.Write(
            "INSERT INTO session (hash, account, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)",
            hash,
            account,
            now,
            expires);
        return 1;
    }
}
