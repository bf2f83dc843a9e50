using Canonbury.Access.SignIn;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Fhir.Ids;
using Microsoft.Extensions.Options;

namespace Canonbury.Access.Callers;

/// <summary>Adds accounts. Sign-in reads them (<see cref="SignInDesk"/>), and clients' tokens (<see cref="ClientTokens"/>).</summary>
public sealed class Accounts(RecordDatabase database, GroupCommitter committer, IOptions<AccessOptions> options, TimeProvider time)
{
    // One hash for all, made once: the password is public, and the work of hashing protects nothing here.
    private static readonly Lazy<string> DemoHash = new(() => PasswordHash.Of(DemoAccounts.Password));

    /// <summary>Adds the demonstration accounts that are not there, and says whose record the resident's is.</summary>
    /// <param name="resident">The patient that the demonstration resident is; null leaves it as it is.</param>
    /// <exception cref="InvalidOperationException">It is not demonstration mode.</exception>
    public async Task AddDemoAccountsAsync(PatientId? resident)
    {
        if (!options.Value.DemoAccounts)
        {
            throw new InvalidOperationException("Demonstration accounts need Access:DemoAccounts.");
        }

        HashSet<string> there = Names();
        foreach (DemoAccount account in DemoAccounts.All.Where(account => !there.Contains(account.Name)))
        {
            await committer.CommitAsync(0, session => Add(session, account, DemoHash.Value));
        }

        if (resident is { } patient)
        {
            await committer.CommitAsync(
                0,
                session => session.Execute(
                    "UPDATE account SET patient = $2 WHERE name = $1 AND demo = 1", DemoAccounts.Resident, patient.Value));
        }
    }

    /// <summary>A system client as its account has it now; null where there is none.</summary>
    public Caller? FindClient(string name)
    {
        using Session session = database.Open();
        return session.Ask($"SELECT {AccountRow.Columns} FROM account a WHERE a.name = $1", row => AccountRow.Read(row, options.Value.DemoAccounts), name).Single
            is { Kind: CallerKind.SystemClient } client ? client : null;
    }

    private HashSet<string> Names()
    {
        using Session session = database.Open();
        return [.. session.Query("SELECT name FROM account WHERE demo = 1", row => row.Text(0))];
    }

    private int Add(Session session, DemoAccount account, string hash) => session.Execute(
        """
        INSERT INTO account (name, display_name, role, organisation, organisation_name, password_hash, demo, failures, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 0, $7) ON CONFLICT (name) DO NOTHING
        """,
        account.Name,
        account.DisplayName,
        account.Role.ToString(),
        account.Organisation.Code,
        account.Organisation.Name,
        hash,
        time.GetUtcNow());
}
