using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Fhir.Ids;

namespace Canonbury.Access.Audit;

/// <summary>The audit in the database: rows are added, each once, and never changed but for payloads at the end of their time.</summary>
public sealed class AuditTable(RecordDatabase database, GroupCommitter committer, TimeProvider time)
{
    private const int Page = 1_000;

    /// <summary>Every chain that has rows, oldest first.</summary>
    public IReadOnlyList<Guid> Chains()
    {
        using Session session = database.Open();
        return session.Query("SELECT chain FROM audit GROUP BY chain ORDER BY chain", row => row.Id(0));
    }

    /// <summary>Checks one chain from its first row.</summary>
    public ChainVerdict Verify(Guid chain)
    {
        AuditVerifier verifier = new(chain);
        long after = 0;
        IReadOnlyList<ChainedEntry> rows;
        do
        {
            rows = Read(chain, after, Page);
            foreach (ChainedEntry row in rows)
            {
                if (!verifier.Add(row))
                {
                    return verifier.Verdict;
                }
            }

            after += rows.Count;
        }
        while (rows.Count == Page);

        return verifier.Verdict;
    }

    /// <summary>The rows of one chain after a sequence number, in order.</summary>
    internal IReadOnlyList<ChainedEntry> Read(Guid chain, long after, int most)
    {
        using Session session = database.Open();
        return session.Query(
            "SELECT sequence, hash, digest, salt, payload FROM audit WHERE chain = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            row => new ChainedEntry(chain, row.Long(0), row.Bytes(1), row.Bytes(2), row.BytesOrNull(3), row.BytesOrNull(4)),
            chain,
            after,
            most);
    }

    /// <summary>Which entries are about a patient, newest first.</summary>
    internal IReadOnlyList<(Guid Chain, long Sequence)> About(PatientId patient, int most)
    {
        using Session session = database.Open();
        return session.Query(
            """
            SELECT chain, sequence FROM audit_patient WHERE bucket = $1 AND patient = $2
            ORDER BY happened_at DESC, chain DESC, sequence DESC LIMIT $3
            """,
            row => (row.Id(0), row.Long(1)),
            patient.Bucket,
            patient.Value,
            most);
    }

    /// <summary>Stores the entries durably; those that are there stay as they are.</summary>
    internal Task StoreAsync(IReadOnlyList<ChainedEntry> entries, CancellationToken cancellation) =>
        committer.CommitAsync(BucketOf(entries[0].Chain), session => Store(session, entries)).WaitAsync(cancellation);

    private int Store(Session session, IReadOnlyList<ChainedEntry> entries)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (ChainedEntry entry in entries)
        {
            session.Write(
                """
                INSERT INTO audit (chain, sequence, stored_at, hash, digest, salt, payload)
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (chain, sequence) DO NOTHING
                """,
                entry.Chain,
                entry.Sequence,
                now,
                entry.Hash,
                entry.Digest,
                entry.Salt,
                entry.Payload);
            (DateTimeOffset at, IReadOnlySet<PatientId> patients) = entry.About;
            foreach (PatientId patient in patients)
            {
                session.Write(
                    """
                    INSERT INTO audit_patient (bucket, patient, happened_at, chain, sequence)
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (bucket, patient, happened_at, chain, sequence) DO NOTHING
                    """,
                    patient.Bucket,
                    patient.Value,
                    at,
                    entry.Chain,
                    entry.Sequence);
            }
        }

        return entries.Count;
    }

    private static int BucketOf(Guid chain) => new PatientId(chain).Bucket;
}
