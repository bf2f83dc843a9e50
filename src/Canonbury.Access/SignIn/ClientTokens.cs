using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Fhir.Ids;
using Microsoft.Extensions.Options;

namespace Canonbury.Access.SignIn;

/// <summary>
/// Registers the source of a system client where it is new; the table of sources belongs to Intake. A client that is there to read is not expected to
/// send.
/// </summary>
public delegate Task RegisterSource(SourceId source, string name, bool isExpected, CancellationToken cancellation);

/// <summary>What became of a request for a token.</summary>
public abstract record TokenOutcome
{
    private TokenOutcome()
    {
    }

    /// <param name="Token">The bearer token: shown once, stored nowhere.</param>
    public sealed record Issued(string Token, DateTimeOffset Expires) : TokenOutcome;

    public sealed record Refused(string Words) : TokenOutcome;
}

/// <summary>Bearer tokens of system clients (RFC 6750): 256 random bits with an end, of which the hash is stored.</summary>
public sealed partial class ClientTokens(
    RecordDatabase database,
    GroupCommitter committer,
    RegisterSource registerSource,
    AuditTrail trail,
    IOptions<AccessOptions> options,
    TimeProvider time)
{
    public const int MostHours = 24 * 366;

    /// <summary>For how long a token that was found is not looked up again: the longest that a withdrawn one still works here.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    /// <summary>Registers the client, and the source of the same name, where they are new, and makes a token.</summary>
    /// <param name="client">2 to 40 lower-case letters, digits and hyphens, beginning with a letter.</param>
    /// <param name="role">What the client may read: <see cref="Role.SystemClient"/> its own source's, <see cref="Role.RecordClient"/> everything.</param>
    public async Task<TokenOutcome> IssueAsync(string client, Role role, int hours, CancellationToken cancellation)
    {
        if (!ClientName().IsMatch(client))
        {
            return new TokenOutcome.Refused(
                "A client's name has 2 to 40 lower-case letters, digits and hyphens, and begins with a letter.");
        }

        if (hours is < 1 or > MostHours)
        {
            return new TokenOutcome.Refused($"A token is valid for 1 to {MostHours} hours.");
        }

        await registerSource(new SourceId(client), client, role == Role.SystemClient, cancellation);
        string token = Secret.Create();
        byte[] hash = Secret.HashOf(token)!;
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset expires = now.AddHours(hours);
        if (!await committer.CommitAsync(0, session => Store(session, client, role, hash, now, expires)))
        {
            return new TokenOutcome.Refused($"The name {client} belongs to an account that is not a client's.");
        }

        await trail.AppendAsync(
            new AuditEntry
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                Action = AuditAction.IssueToken,
                Outcome = AuditOutcome.Done,
                Caller = client,
                Role = role,
            },
            origin: null,
            cancellation);
        return new TokenOutcome.Issued(token, expires);
    }

    /// <summary>The client of a token; null where it is not valid (any more).</summary>
    public ValueTask<Caller?> FindAsync(string token)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (known.TryGetValue(token, out (Caller Caller, DateTimeOffset Until) remembered) && remembered.Until > now)
        {
            return ValueTask.FromResult<Caller?>(remembered.Caller);
        }

        if (Secret.HashOf(token) is not { } hash || Find(hash, now) is not { } found)
        {
            return ValueTask.FromResult<Caller?>(null);
        }

        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        DateTimeOffset until = now + Remembered;
        known[token] = (found.Caller, until < found.Expires ? until : found.Expires);
        return ValueTask.FromResult<Caller?>(found.Caller);
    }

    private (Caller Caller, DateTimeOffset Expires)? Find(byte[] hash, DateTimeOffset now)
    {
        using Session session = database.Open();
        return session.Query(
            $"""
            SELECT {AccountRow.Columns}, t.expires_at FROM client_token t JOIN account a ON a.name = t.account
            WHERE t.hash = $1 AND t.expires_at > $2
            """,
            row => AccountRow.Read(row, options.Value.DemoAccounts) is { } caller ? (caller, row.Time(8)) : ((Caller, DateTimeOffset)?)null,
            hash,
            now).SingleOrDefault();
    }

    private static bool Store(Session session, string client, Role role, byte[] hash, DateTimeOffset now, DateTimeOffset expires)
    {
        session.Write(
            """
            INSERT INTO account (name, display_name, role, organisation, organisation_name, source, demo, failures, created_at)
            VALUES ($1, $1, $2, $1, $1, $1, 0, 0, $3) ON CONFLICT (name) DO NOTHING
            """,
            client,
            role.ToString(),
            now);
        string known = session.Query("SELECT role FROM account WHERE name = $1", row => row.Text(0), client).Single();
        if (known is not (nameof(Role.SystemClient) or nameof(Role.RecordClient)))
        {
            return false;
        }

        // A client may be registered anew for another purpose; its tokens go with it.
        session.Write("UPDATE account SET role = $1 WHERE name = $2", role.ToString(), client);

        session.Write(
            "INSERT INTO client_token (hash, account, created_at, expires_at) VALUES ($1, $2, $3, $4)", hash, client, now, expires);
        return true;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClientName();
}
