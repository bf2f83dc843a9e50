using Canonbury.Fhir.Statements;
using Canonbury.Record.Folding;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Record.Folding;

/// <summary>Design, section 4: every order of arrival of the same statements gives the same resource (feature A1).</summary>
public sealed class FoldingProperties
{
    [Fact]
    public void EveryOrderOfArrival_GivesTheSameContentAndTheSameFoldState() => Sayings.UpTo(5).Sample(
        sayings =>
        {
            string expected = Said.Everything(Said.Fold(sayings));
            foreach (Said[] order in Orders(sayings))
            {
                Assert.Equal(expected, Said.Everything(Said.Fold(order)));
            }
        },
        iter: 300, print: Print);

    [Fact]
    public void AnyOrderOfArrival_GivesWhatTheSourceSaidInItsOwnOrder() =>
        Gen.Select(Sayings.UpTo(12), Gen.Int[0, int.MaxValue]).Sample(
            (sayings, seed) =>
            {
                Said[] arriving = [.. sayings];
                new Random(seed).Shuffle(arriving);
                Assert.Equal(FoldingModel.Of(sayings), FoldingModel.Of(Said.Fold(arriving)));
            },
            iter: 2_000, print: one => Print(one.Item1));

    [Fact]
    public void FoldingTwice_IsFoldingOnce() => Gen.Select(Sayings.UpTo(8), Gen.Int[0, int.MaxValue]).Sample(
        (sayings, seed) =>
        {
            Said[] again = [.. sayings, .. sayings];
            new Random(seed).Shuffle(again);
            FoldedContent once = Said.Fold(sayings);
            string expected = Said.Everything(once);
            Assert.Equal(expected, Said.Everything(Said.Fold(again)));

            // Nothing that is known already makes a version.
            Assert.All(sayings, said => Assert.False(once.Take(said.Statement, said.Stamp)));
        },
        iter: 2_000, print: one => Print(one.Item1));

    [Fact]
    public void AChange_IsReportedExactlyWhereTheContentIsAnother() => Gen.Select(Sayings.UpTo(6), Gen.Int[0, int.MaxValue]).Sample(
        (sayings, seed) =>
        {
            Said[] arriving = [.. sayings];
            new Random(seed).Shuffle(arriving);
            FoldedContent content = Said.Fold([]);
            foreach (Said said in arriving)
            {
                string before = FoldingModel.Of(content);
                bool changed = content.Take(said.Statement, said.Stamp);
                Assert.Equal(before != FoldingModel.Of(content), changed);
                content = Said.Stored(content);
            }
        },
        iter: 2_000, print: one => Print(one.Item1));

    [Fact]
    public void FoldState_ComesBackFromItsBytes()
    {
        Gen<Stamp> stamps = Gen.Select(Gen.Long[-62_000_000_000, 62_000_000_000], Gen.String[Gen.Char["ab|\"\\\u00e9\u4e2d\0{}[]"], 0, 20])
            .Select((seconds, tie) => new Stamp(DateTimeOffset.UnixEpoch.AddSeconds(seconds), tie));
        Gen.Select(stamps.Null(), Gen.Bool, Gen.Dictionary(Gen.String[Gen.Char["abk/\":."], 1, 12], stamps)[0, 6], Gen.Guid.Array[0, 3]).Sample(
            (whole, deletion, keys, mentions) =>
            {
                FoldState state = new() { Whole = whole, WholeIsDeletion = deletion && whole is not null, Mentions = [.. mentions.Select(id => new Canonbury.Fhir.Ids.PatientId(id))] };
                foreach ((string key, Stamp stamp) in keys)
                {
                    state.Keys[key] = stamp;
                }

                FoldState read = FoldState.Of(state.ToBytes());
                Assert.Equal(state.Whole, read.Whole);
                Assert.Equal(state.WholeIsDeletion, read.WholeIsDeletion);
                Assert.Equal(state.Mentions, read.Mentions);
                Assert.Equal(state.Keys.OrderBy(key => key.Key, StringComparer.Ordinal), read.Keys.OrderBy(key => key.Key, StringComparer.Ordinal));
                Assert.Equal(state.Newest, read.Newest);
                Assert.Equal(state.ToBytes(), read.ToBytes());
            });
    }

    [Fact]
    public void FoldState_OfOneWholeStatementByAMessage_IsShort_AndComesBack() =>
        Gen.Select(Gen.Long[0, 3_000_000_000_000_000_000], Gen.Guid, Gen.Bool, Gen.Bool).Sample((ticks, message, deletion, upper) =>
        {
            string tie = upper ? message.ToString("D").ToUpperInvariant() : message.ToString("D");
            FoldState state = new() { Whole = new Stamp(new DateTimeOffset(ticks, TimeSpan.Zero), tie), WholeIsDeletion = deletion };

            FoldState read = FoldState.Of(state.ToBytes());

            Assert.Equal((state.Whole, deletion), (read.Whole, read.WholeIsDeletion));
            Assert.Equal(tie == message.ToString("D"), state.ToBytes().Length == 25);
        });

    [Fact]
    public void FoldState_InItsLongForm_IsStillRead()
    {
        FoldState read = FoldState.Of("""{"w":["638000000000000000","0192f0c0-0000-7000-8000-000000000001"]}"""u8);

        Assert.Equal((638000000000000000, "0192f0c0-0000-7000-8000-000000000001"), (read.Whole!.At.UtcTicks, read.Whole.Tie));
    }

    private static string Print(Said[] sayings) => string.Join('\n', sayings.Select(said => said.ToString()));

    private static IEnumerable<Said[]> Orders(Said[] sayings) => sayings.Length < 2
        ? [sayings]
        : sayings.SelectMany((first, at) => Orders([.. sayings[..at], .. sayings[(at + 1)..]]).Select(rest => (Said[])[first, .. rest]));
}
