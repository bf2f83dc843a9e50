using Canonbury.Access.Audit;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Access.Audit;

/// <summary>Feature G2: the log is hash-chained, and a verifier finds any edit.</summary>
public sealed class AuditVerifierTests
{
    private const int Length = 20;

    private static readonly ChainedEntry[] Chain = Make();

    [Fact]
    public void Check_AnUntouchedChain_IsWhole()
    {
        ChainVerdict.Whole whole = Assert.IsType<ChainVerdict.Whole>(Check(Chain));

        Assert.Equal(Length, whole.Sequence);
        Assert.Equal(Chain[^1].Hash, whole.Head);
    }

    [Fact]
    public void Check_AnyFlippedBit_NamesThatRow() =>
        Gen.Select(Gen.Int[0, Length - 1], Gen.Int[0, 3], Gen.Int[0, 10_000]).Sample((row, field, at) =>
        {
            ChainedEntry[] edited = [.. Chain];
            edited[row] = Flip(edited[row], field, at);

            ChainVerdict.Broken broken = Assert.IsType<ChainVerdict.Broken>(Check(edited));

            Assert.Equal(row + 1, broken.Sequence);
        });

    [Fact]
    public void Check_ARemovedRow_NamesIt()
    {
        ChainVerdict.Broken broken = Assert.IsType<ChainVerdict.Broken>(Check([.. Chain.Where(row => row.Sequence != 5)]));

        Assert.Equal(5, broken.Sequence);
    }

    [Fact]
    public void Check_TwoRowsThatChangedPlaces_NamesTheFirst()
    {
        ChainedEntry[] edited = [.. Chain];
        (edited[3], edited[4]) = (edited[4] with { Sequence = 4 }, edited[3] with { Sequence = 5 });

        Assert.Equal(4, Assert.IsType<ChainVerdict.Broken>(Check(edited)).Sequence);
    }

    [Fact]
    public void Check_ARowRewrittenWithItsOwnHash_NamesTheRowAfterIt()
    {
        ChainedEntry[] edited = [.. Chain];
        edited[6] = Link(Chain[5].Hash, Chain[6].Chain, 7, AuditEntries.Payload(99));

        Assert.Equal(8, Assert.IsType<ChainVerdict.Broken>(Check(edited)).Sequence);
    }

    [Fact]
    public void Check_AnErasedPayload_LeavesTheProof()
    {
        ChainedEntry[] erased = [.. Chain];
        erased[9] = erased[9] with { Payload = null, Salt = null };

        Assert.Equal(1, Assert.IsType<ChainVerdict.Whole>(Check(erased)).Erased);
    }

    private static ChainVerdict Check(ChainedEntry[] rows) => AuditVerifier.Check(Chain[0].Chain, rows);

    private static ChainedEntry Flip(ChainedEntry row, int field, int at) => field switch
    {
        0 => row with { Payload = Flip(row.Payload!, at) },
        1 => row with { Salt = Flip(row.Salt!, at) },
        2 => row with { Digest = Flip(row.Digest, at) },
        _ => row with { Hash = Flip(row.Hash, at) },
    };

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] copy = [.. bytes];
        copy[at / 8 % copy.Length] ^= (byte)(1 << (at % 8));
        return copy;
    }

    private static ChainedEntry[] Make()
    {
        Guid chain = Guid.CreateVersion7();
        List<ChainedEntry> rows = [];
        byte[] before = ChainHash.Origin.ToArray();
        for (int sequence = 1; sequence <= Length; sequence++)
        {
            rows.Add(Link(before, chain, sequence, AuditEntries.Payload(sequence)));
            before = rows[^1].Hash;
        }

        return [.. rows];
    }

    private static ChainedEntry Link(byte[] before, Guid chain, long sequence, byte[] payload)
    {
        byte[] salt = new byte[ChainHash.SaltLength];
        byte[] digest = new byte[ChainHash.Length];
        byte[] hash = new byte[ChainHash.Length];
        ChainHash.Digest(salt, payload, digest);
        ChainHash.Next(before, chain, sequence, digest, hash);
        return new ChainedEntry(chain, sequence, hash, digest, salt, payload);
    }
}
