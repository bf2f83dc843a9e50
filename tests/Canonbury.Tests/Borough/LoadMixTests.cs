using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class LoadMixTests
{
    [Fact]
    public void TheMix_IsHalfReportsWithAMedianOfEightResults()
    {
        List<SourceEvent> mix = [.. new LoadMix(Sample.Options with { Residents = 300 }).Messages().Take(10_000)];
        List<int> results = [.. mix.Where(each => each.Kind == "ORU^R01").Select(each => each.Results).Order()];
        Assert.Equal(5_000, results.Count);
        Assert.Equal(8, results[2_500]);
        Assert.Equal(mix.Count, mix.Select(each => each.ControlId).Distinct().Count());
        Assert.All(mix, each => Assert.InRange(each.ControlId.Length, 3, 20));
    }

    [Fact]
    public void TheSameSeed_GivesTheSameMix()
    {
        IEnumerable<byte[]> Make() => new LoadMix(Sample.Options with { Residents = 50 }).Messages().Take(200).Select(each => each.Payload.ToArray());
        Assert.Equal(Make(), Make());
    }
}
