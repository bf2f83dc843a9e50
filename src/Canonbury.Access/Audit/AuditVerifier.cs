using System.Text.Json;

namespace Canonbury.Access.Audit;

/// <summary>What a check of one chain found.</summary>
public abstract record ChainVerdict
{
    private ChainVerdict()
    {
    }

    /// <summary>
    /// Every row from the first to <paramref name="Sequence"/> is what was written. It cannot say whether rows after it were cut off:
    /// compare <paramref name="Head"/> with a checkpoint kept elsewhere.
    /// </summary>
    /// <param name="Erased">How many payloads were taken away; their digests still hold.</param>
    public sealed record Whole(Guid Chain, long Sequence, byte[] Head, int Erased) : ChainVerdict;

    /// <param name="Sequence">The first row that is wrong or missing.</param>
    public sealed record Broken(Guid Chain, long Sequence, string Why) : ChainVerdict;
}

/// <summary>Checks one chain row by row, in order, and names the first wrong row (feature G2).</summary>
public sealed class AuditVerifier(Guid chain)
{
    private readonly byte[] head = ChainHash.Origin.ToArray();
    private long last;
    private int erased;
    private ChainVerdict.Broken? broken;

    public ChainVerdict Verdict => broken ?? (ChainVerdict)new ChainVerdict.Whole(chain, last, [.. head], erased);

    /// <summary>Takes the rows of a chain in the order of their sequence numbers.</summary>
    public static ChainVerdict Check(Guid chain, IEnumerable<ChainedEntry> rows)
    {
        AuditVerifier verifier = new(chain);
        foreach (ChainedEntry row in rows)
        {
            if (!verifier.Add(row))
            {
                break;
            }
        }

        return verifier.Verdict;
    }

    /// <summary>False from the first wrong row on.</summary>
    public bool Add(ChainedEntry row)
    {
        if (broken is not null)
        {
            return false;
        }

        if (row.Chain != chain || row.Sequence != last + 1)
        {
            broken = new ChainVerdict.Broken(chain, last + 1, $"The row is missing; the next one found is {row.Sequence}.");
            return false;
        }

        if (WrongPayload(row) is { } why)
        {
            broken = new ChainVerdict.Broken(chain, row.Sequence, why);
            return false;
        }

        Span<byte> hash = stackalloc byte[ChainHash.Length];
        ChainHash.Next(head, chain, row.Sequence, row.Digest, hash);
        if (!hash.SequenceEqual(row.Hash))
        {
            broken = new ChainVerdict.Broken(chain, row.Sequence, "The hash does not follow from the row before and the digest.");
            return false;
        }

        hash.CopyTo(head);
        last = row.Sequence;
        erased += row.Payload is null ? 1 : 0;
        return true;
    }

    private static string? WrongPayload(ChainedEntry row)
    {
        if (row.Digest.Length != ChainHash.Length)
        {
            return "The digest has a wrong length.";
        }

        if (row.Payload is null)
        {
            return null;
        }

        if (row.Salt is null)
        {
            return "The payload is there and its salt is not.";
        }

        Span<byte> digest = stackalloc byte[ChainHash.Length];
        ChainHash.Digest(row.Salt, row.Payload, digest);
        if (!digest.SequenceEqual(row.Digest))
        {
            return "The payload is not the one that was written.";
        }

        try
        {
            AuditJson.Read(row.Payload);
            return null;
        }
        catch (JsonException)
        {
            return "The payload cannot be read.";
        }
    }
}
