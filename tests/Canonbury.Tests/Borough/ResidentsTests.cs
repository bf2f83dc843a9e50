using Canonbury.Borough.People;
using Canonbury.Fhir.Identifiers;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class ResidentsTests(Sample sample) : IClassFixture<Sample>
{
    [Fact]
    public void SameSeed_MakesTheSamePeople() =>
        Assert.Equal(sample.Residents.Take(500), SyntheticBorough.Create(Sample.Options).Residents().Take(500));

    [Fact]
    public void AnotherSeed_MakesOtherPeople() => Assert.NotEqual(
        sample.Residents.Take(50).Select(resident => resident.Family),
        SyntheticBorough.Create(Sample.Options with { Seed = 2 }).Residents().Take(50).Select(resident => resident.Family));

    [Fact]
    public void TenMillion_AreMadeOnlyAsTheyAreAsked()
    {
        BoroughOptions many = Sample.Options with { Residents = 10_000_000 };
        Assert.Equal(3, SyntheticBorough.Create(many).Residents().Take(3).Count());
    }

    [Fact]
    public void NumberOfResidents_IsExact()
    {
        Assert.Equal(2_000, sample.Residents.Count);
        Assert.Equal(Enumerable.Range(1, 2_000).Select(number => (long)number), sample.Residents.Select(resident => resident.Number));
    }

    [Fact]
    public void NhsNumbers_AreUniqueValidAndFrom999()
    {
        List<string> numbers = [.. sample.Residents.Select(resident => resident.NhsNumber).OfType<string>()];
        Assert.InRange(numbers.Count, 1_960, 1_999);
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.True(number.StartsWith("999", StringComparison.Ordinal) && NhsNumber.Checked(number)));
    }

    [Fact]
    public void AHousehold_SharesOneAddressAndPractice() => Assert.All(
        sample.Residents.GroupBy(resident => resident.Household),
        household => Assert.Single(household.Select(member => (member.Address, member.Practice.Code)).Distinct()));

    [Fact]
    public void Twins_ShareBirthDateSurnameAndAddress_NotTheGivenName()
    {
        List<Resident> twins = [.. SyntheticBorough.Create(Sample.Options with { Residents = 8_000 }).Residents().Where(each => each.TwinOf is not null)];
        Dictionary<long, Resident> all = SyntheticBorough.Create(Sample.Options with { Residents = 8_000 }).Residents().ToDictionary(each => each.Number);
        Assert.NotEmpty(twins);
        Assert.All(twins, twin =>
        {
            Resident other = all[twin.TwinOf!.Value];
            Assert.Equal((other.Born, other.Family, other.Address, other.Household), (twin.Born, twin.Family, twin.Address, twin.Household));
            Assert.NotEqual(other.Given, twin.Given);
            Assert.NotEqual(other.NhsNumber ?? "none", twin.NhsNumber ?? "none too");
        });
    }

    [Fact]
    public void Ages_AreThoseOfInnerLondon()
    {
        double Share(int from, int to) =>
            sample.Residents.Count(resident => resident.AgeOn(Sample.Options.AsOf) >= from && resident.AgeOn(Sample.Options.AsOf) < to) / 2_000.0;
        Assert.InRange(Share(0, 18), 0.13, 0.26);
        Assert.InRange(Share(20, 40), 0.38, 0.58);
        Assert.InRange(Share(65, 120), 0.06, 0.15);
        Assert.DoesNotContain(sample.Residents, resident => resident.AgeOn(Sample.Options.AsOf) is < 0 or > 101);
    }

    [Fact]
    public void Names_ComeFromManyOrigins()
    {
        List<IGrouping<string, Resident>> origins = [.. sample.Residents.GroupBy(resident => resident.Origin.Name)];
        Assert.True(origins.Count >= 15);
        Assert.InRange(origins.Single(origin => origin.Key == "British").Count(), 500, 1_100);
        Assert.All(sample.Residents, resident => Assert.Matches("^[A-Z]$", resident.EthnicCategory));
    }

    [Fact]
    public void Lives_ChangeAndEnd()
    {
        Assert.Contains(sample.Residents, resident => resident.MovedOn is not null && resident.FormerAddress is not null);
        Assert.Contains(sample.Residents, resident => resident.NameChangedOn > Sample.Options.AsOf.AddYears(-5));
        Assert.Contains(sample.Residents, resident => resident.Died is not null);
        Assert.Contains(sample.Residents, resident => resident.Sensitive);
        Assert.Contains(sample.Residents, resident => resident.ConfusedNhsNumber is not null);
    }
}
