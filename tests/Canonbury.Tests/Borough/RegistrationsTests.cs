using Canonbury.Borough.Health;
using Canonbury.Borough.People;
using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
using Canonbury.Fhir.Identifiers;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class RegistrationsTests(Sample sample) : IClassFixture<Sample>
{
    private List<(Resident Person, Registration Known)> All() =>
        [.. sample.Residents.SelectMany(person => Of(person).Select(known => (person, known)))];

    [Fact]
    public void ALocalId_NamesOnePersonInItsSystem()
    {
        List<(Resident Person, Registration Known)> all = All();
        Assert.Equal(all.Count, all.Select(each => (each.Known.System.Code, each.Known.LocalId)).Distinct().Count());
    }

    [Fact]
    public void NhsNumbers_AreMostlyRight_SometimesMissing_SeldomWrong()
    {
        List<(Resident Person, Registration Known)> all = All();
        double right = all.Count(each => each.Known.NhsNumber is not null && each.Known.NhsNumber == each.Person.NhsNumber) / (double)all.Count;
        Assert.InRange(right, 0.88, 0.97);
        Assert.Contains(all, each => each.Known.NhsNumber is null && each.Person.NhsNumber is not null);
        Assert.Contains(all, each => each.Known.NhsNumber is string number && !NhsNumber.Checked(number));
    }

    [Fact]
    public void AConfusedNumber_BelongsToSomeoneElse()
    {
        List<(Resident Person, Registration Known)> confused =
            [.. All().Where(each => each.Known.NhsNumber is not null && each.Known.NhsNumber == each.Person.ConfusedNhsNumber)];
        Assert.NotEmpty(confused);
        Assert.All(confused, each => Assert.Contains(
            sample.Residents, other => other.NhsNumber == each.Known.NhsNumber && other.Household != each.Person.Household));
    }

    [Fact]
    public void Slips_AreMoreFrequentOutOfHoursThanAtThePractice()
    {
        double Slipped(string system)
        {
            List<(Resident Person, Registration Known)> of = [.. All().Where(each => each.Known.System.Code == system)];
            return of.Count(each => each.Known.Given != each.Person.Given || each.Known.Born != each.Person.Born || each.Known.Family != each.Person.Family)
                / (double)of.Count;
        }

        Assert.InRange(Slipped("gp"), 0.001, 0.06);
        Assert.InRange(Slipped("ooh"), 0.15, 0.5);
    }

    [Fact]
    public void Duplicates_AreOfTheHospitalAndMostAreMerged()
    {
        List<(Resident Person, Registration Known)> duplicates = [.. All().Where(each => each.Known.IsDuplicate)];
        Assert.NotEmpty(duplicates);
        Assert.All(duplicates, each => Assert.Equal("pas", each.Known.System.Code));
        int merges = sample.Events.Count(each => each.Kind == "ADT^A40");
        Assert.InRange(merges, 1, duplicates.Count);
    }

    [Fact]
    public async Task Truth_NamesEveryPatientThatIsSent()
    {
        StringWriter text = new();
        await using (TruthWriter truth = new(text))
        {
            foreach (Resident person in sample.Residents)
            {
                await truth.WriteAsync(person, Of(person));
            }
        }

        string[] lines = text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(TruthWriter.Header, lines[0]);
        HashSet<string> named = [.. lines.Skip(1).Select(line => string.Join(',', line.Split(',')[..2]))];
        Assert.Empty(sample.Events.Select(each => $"{each.System.Code},{each.LocalId}").Except(named));
        Assert.All(lines, line => Assert.Equal(TruthWriter.Header.Split(',').Length, line.Split(',').Length));
    }

    private static IReadOnlyList<Registration> Of(Resident person) =>
        Registrations.Of(person, HealthProfile.Of(person, Sample.Options), Sample.Options);
}
