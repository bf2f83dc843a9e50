using Canonbury.Fhir.Ids;
using Canonbury.Identify.Links;
using Canonbury.Record.Reading;
using Xunit;

namespace Canonbury.Database.Tests.Identify.Links;

/// <summary>Feature B6: two people on one NHS number are kept apart before anyone sees them mixed, and what is held back is counted, not silent.</summary>
public sealed class QuarantineTests
{
    private static readonly SaidOf Gp = new("gp", "G1");
    private static readonly SaidOf Wrong = new("hospital", "H1") { Family = "Other", Given = "Robert", Born = "1982-09-30" };

    [Theory, OnBothDatabases]
    public async Task Conflict_IsSeenByNobody_AndCounted(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        await road.SayAsync(Wrong);

        Assert.Equal("gp/G1; hospital/H1 quarantined", road.People());
        Assert.Equal("gp", Assert.Single((await road.ReadAsync(Gp.Patient))!.Patients).Source.Value);
        Assert.Equal(new NotYetUsable(new SourceId("hospital"), "quarantine", 1, default), (await road.ReadAsync(Gp.Patient))!.NotYetUsable.Single() with { Oldest = default });
        Assert.Null(await road.ReadAsync(Wrong.Patient));
        Assert.Empty(await road.FindAsync("OTHER ROBERT"));
        Assert.Empty(await road.FindAsync("H1"));
        Assert.Equal("SAMPLE, Ann", Assert.Single(await road.FindAsync("9990000018")).Name);
        QuarantinedPatient listed = Assert.Single(road.Quarantine.All(10));
        Assert.Equal("hospital", listed.Source.Value);
        Assert.DoesNotContain("Robert", listed.Reason);
    }

    [Theory, OnBothDatabases]
    public async Task Quarantined_CrowdsNobodyOutOfTheHits(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        for (int i = 0; i < 30; i++)
        {
            await road.SayAsync(Wrong with { LocalId = "H" + i });
        }

        Assert.Equal("SAMPLE, Ann", Assert.Single(await road.FindAsync("9990000018")).Name);
        Assert.Equal(30, (await road.ReadAsync(Gp.Patient))!.NotYetUsable.Sum(waiting => waiting.Count));
    }

    [Theory, OnBothDatabases]
    public async Task CorrectedBirthDateAndName_Release(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        await road.SayAsync(Wrong);
        await road.SayAsync(Wrong with { Family = Gp.Family, Given = Gp.Given, Born = Gp.Born });

        Assert.Equal("gp/G1+hospital/H1", road.People());
        Assert.Empty((await road.ReadAsync(Gp.Patient))!.NotYetUsable);
        Assert.Equal([(1, "quarantined", true), (2, "linked", false)], road.LinksOf(Wrong.Patient).Select(link => (link.Version, link.State, link.Ended)));
    }

    [Theory, OnBothDatabases]
    public async Task NumberChangedOrCleared_Releases(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        await road.SayAsync(Wrong);
        await road.SayAsync(Wrong with { Number = null });
        Assert.Equal("gp/G1; hospital/H1", road.People());
        Assert.Single(await road.FindAsync("OTHER ROBERT"));

        await road.SayAsync(Wrong);
        Assert.Equal("gp/G1; hospital/H1 quarantined", road.People());
        await road.SayAsync(Wrong with { Number = "9990000026" });
        Assert.Equal("gp/G1; hospital/H1", road.People());
        Assert.Empty((await road.ReadAsync(Gp.Patient))!.NotYetUsable);
    }

    [Theory, OnBothDatabases]
    public async Task HolderWhoseNumberWasWrong_ReleasesWhoWasHeldBack(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Wrong);
        PersonId? wrong = road.PersonOf(Wrong.Patient);
        await road.SayAsync(Gp);
        Assert.Equal("gp/G1 quarantined; hospital/H1", road.People());

        await road.SayAsync(Wrong with { Number = "9990000026" });

        Assert.Equal("gp/G1; hospital/H1", road.People());
        Assert.Equal(wrong, road.PersonOf(Wrong.Patient));
        Assert.NotEqual(wrong, road.PersonOf(Gp.Patient));
    }

    [Theory, OnBothDatabases]
    public async Task LinkedPatientWhoseBirthDateBecomesAnothers_IsHeldBack_AndTheOthersStay(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        await road.SayAsync(Gp with { Source = "hospital" });
        await road.SayAsync(Gp with { Source = "mind" });
        PersonId? person = road.PersonOf(Gp.Patient);
        await road.SayAsync(Gp with { Family = "Other", Given = "Robert", Born = "1982-09-30" });

        Assert.Equal("gp/G1 quarantined; hospital/G1+mind/G1", road.People());
        Assert.Equal(person, road.PersonOf((Gp with { Source = "mind" }).Patient));
        Assert.NotEqual(person, road.PersonOf(Gp.Patient));
    }

    [Theory, OnBothDatabases]
    public async Task NumberChanged_LeavesThePersonBehind(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        await road.SayAsync(Gp with { Source = "hospital" });
        PersonId? person = road.PersonOf(Gp.Patient);
        await road.SayAsync(Gp with { Number = "9990000026" });
        Assert.Equal("gp/G1; hospital/G1", road.People());
        Assert.Equal(person, road.PersonOf((Gp with { Source = "hospital" }).Patient));

        await road.SayAsync(Gp with { Number = null });
        Assert.Equal("gp/G1; hospital/G1", road.People());
        await road.SayAsync(Gp);
        Assert.Equal("gp/G1+hospital/G1", road.People());
        Assert.Equal(person, road.PersonOf(Gp.Patient));
    }

    // Whoever gets a number next must not become who had it: what the audit says about a person stays about that person.
    [Theory, OnBothDatabases]
    public async Task NumberGivenUpAndTakenByAnother_MakesANewPerson(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        PersonId? ann = road.PersonOf(Gp.Patient);
        await road.SayAsync(Gp with { Number = "9990000026" });
        await road.SayAsync(Wrong);

        Assert.Equal("gp/G1; hospital/H1", road.People());
        Assert.Equal(ann, road.PersonOf(Gp.Patient));
        Assert.NotEqual(ann, road.PersonOf(Wrong.Patient));

        // The same name and birth date on the number that Ann gave up: two verified numbers are two people.
        await road.SayAsync(Gp with { Source = "mind" });
        Assert.NotEqual(road.PersonOf(Gp.Patient), road.PersonOf((Gp with { Source = "mind" }).Patient));
    }

    [Theory, OnBothDatabases]
    public async Task Links_AreVersionsThatEnd_AndAreNeverOverwritten(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        List<LinkVersion> seen = [];
        foreach (SaidOf said in new[] { Wrong, Wrong with { Number = null }, Wrong with { Family = "Sample", Given = "Ann", Born = "1950-04-12" }, Wrong })
        {
            await road.SayAsync(said);
            List<LinkVersion> now = road.LinksOf(Wrong.Patient);

            // What was decided stays as it was decided; only its end is new.
            Assert.Equal(seen.Select(link => link with { Ended = true }), now.Take(seen.Count).Select(link => link with { Ended = true }));
            Assert.Equal(Enumerable.Range(1, now.Count), now.Select(link => link.Version));
            Assert.All(now[..^1], link => Assert.True(link.Ended));
            Assert.False(now[^1].Ended);
            seen = now;
        }

        Assert.Equal(["quarantined", "linked", "linked", "quarantined"], seen.Select(link => link.State));
        Assert.Equal(["conflict", "own", "verified", "conflict"], seen.Select(link => link.Grade));

        // A statement that changes nothing makes no version.
        await road.SayAsync(Wrong with { Postcode = "N1 9ZZ" });
        Assert.Equal(seen, road.LinksOf(Wrong.Patient));
    }
}
