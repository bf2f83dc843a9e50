using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Microsoft.Extensions.Options;

namespace Canonbury.Access.Callers;

/// <summary>
/// The client behind a source, for what is done for it while it does not ask itself: only while it holds a token that is valid, and with the role that it
/// has at that moment.
/// </summary>
public sealed class ClientCallers(RecordDatabase database, IOptions<AccessOptions> options, TimeProvider time)
{
    /// <summary>Null where no client of the source may ask for anything now.</summary>
    public Caller? Find(SourceId source)
    {
        using Session session = database.Open();
        return session.Query(
            $"""
            SELECT {AccountRow.Columns} FROM account a
            WHERE a.name = $1 AND a.source = $1 AND EXISTS (SELECT 1 FROM client_token t WHERE t.account = a.name AND t.expires_at > $2)
            """,
            row => AccountRow.Read(row, options.Value.DemoAccounts), source.Value, time.GetUtcNow()) is [{ Kind: CallerKind.SystemClient } caller] ? caller : null;
    }
}
