using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Xunit;

namespace Canonbury.Database.Tests.Identify.Links;

public sealed class LinkingTests
{
    private static readonly SaidOf Gp = new("gp", "G1");
    private static readonly SaidOf Hospital = new("hospital", "H1");

    [Theory, OnBothDatabases]
    public async Task VerifiedNumberBirthDateAndName_LinkTwoSources(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        await road.SayAsync(Hospital with { Number = "999 000 0018" });

        Assert.Equal("gp/G1+hospital/H1", road.People());
        PersonRecord record = (await road.ReadAsync(Hospital.Patient))!;
        Assert.Equal(["gp", "hospital"], record.Patients.Select(patient => patient.Source.Value).Order());
        Assert.Single(await road.FindAsync("9990000018"));
    }

    [Theory, OnBothDatabases]
    public async Task BirthDateOneDigitOff_OrNumberUnverified_IsApartAndForReview(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp);
        await road.SayAsync(Hospital with { Born = "1950-04-13" });
        Assert.Equal("gp/G1; hospital/H1 review", road.People());

        await road.SayAsync(Hospital with { Verified = false, Postcode = "E1 1AA" });
        Assert.Equal("gp/G1; hospital/H1 review", road.People());
        Assert.Equal(2, (await road.FindAsync("9990000018")).Count);
        Assert.Single((await road.ReadAsync(Gp.Patient))!.Patients);

        await road.SayAsync(Hospital);
        Assert.Equal("gp/G1+hospital/H1", road.People());
    }

    [Theory, OnBothDatabases]
    public async Task UnverifiedHolder_DoesNotKeepVerifiedNewcomersOut(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp with { Source = "lab", Verified = false, Postcode = null });
        PersonId? lab = road.PersonOf((Gp with { Source = "lab" }).Patient);
        await road.SayAsync(Gp);
        await road.SayAsync(Hospital);

        Assert.Equal("gp/G1+hospital/H1; lab/G1 review", road.People());
        Assert.Equal(lab, road.PersonOf((Gp with { Source = "lab" }).Patient));
    }

    [Theory, OnBothDatabases]
    public async Task UnverifiedHolderWhoIsSomebodyElse_IsHeldBack_WhoeverComesFirst(Engine engine)
    {
        SaidOf wrong = new("lab", "L1") { Verified = false, Family = "Other", Given = "Robert", Born = "1982-09-30" };
        foreach (SaidOf[] order in new[] { new[] { wrong, Gp, Hospital }, [Gp, wrong, Hospital], [Gp, Hospital, wrong] })
        {
            await using Road road = Road.Open(engine);
            foreach (SaidOf said in order)
            {
                await road.SayAsync(said);
            }

            Assert.Equal("gp/G1+hospital/H1; lab/L1 quarantined", road.People());
        }
    }

    [Theory, OnBothDatabases]
    public async Task NumberThatFailsItsCheck_LinksNobody(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp with { Number = "9990000019" });
        await road.SayAsync(Hospital with { Number = "9990000019" });

        Assert.Equal("gp/G1; hospital/H1", road.People());
    }

    // Feature B1: it goes to the list of findings, and the message is used.
    [Theory, OnBothDatabases]
    public async Task NumberThatFailsItsCheck_InAMessage_IsAFindingAndStopsNothing(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync(
            "pas", @"MSH|^~\&|PAS|SITE|C|B|20260301090000||ADT^A08|1|P|2.4", "PID|1||H1^^^SITE^MR~9990000019^^^NHS^NH||SAMPLE^ANN||19500412|F");

        PatientId patient = PatientId.Of(new SourceId("pas"), "SITE|H1");
        Assert.Equal("linked", road.StateOf(patient));
        Assert.Equal(1, road.Query("SELECT count(*) FROM message WHERE state = 1", row => row.Int(0))[0]);
        Assert.Contains(road.Board.Findings(10), finding => finding.Path.StartsWith("PID-3", StringComparison.Ordinal) && finding.Code.Contains("nhs-number", StringComparison.Ordinal));
        Assert.Equal([null], road.Query("SELECT nhs_number FROM patient", row => row.TextOrNull(0)));
    }

    [Theory, OnBothDatabases]
    public async Task TwinsWithSwappedNumbers_AreNeverLinkedWithoutAsking(Engine engine)
    {
        SaidOf jack = new("gp", "JACK") { Given = "Jack", Family = "Khan", Born = "2019-02-03", Number = "9990000018" };
        SaidOf jake = new("gp", "JAKE") { Given = "Jake", Family = "Khan", Born = "2019-02-03", Number = "9990000026" };
        await using Road road = Road.Open(engine);
        await road.SayAsync(jack);
        await road.SayAsync(jake);
        await road.SayAsync(jack with { Source = "hospital", Number = jake.Number });
        await road.SayAsync(jake with { Source = "hospital", Number = jack.Number });
        await road.SayAsync(jack with { Source = "lab", Number = jake.Number, Verified = false });

        foreach (string person in road.People().Split("; "))
        {
            Assert.False(person.Contains("JACK", StringComparison.Ordinal) && person.Contains("JAKE", StringComparison.Ordinal), $"{person} is one person.");
        }
    }

    [Theory, OnBothDatabases]
    public async Task PatientWithoutANumber_IsAPersonOfItsOwn_AndStaysThatPersonWhenTheNumberComes(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(Gp with { Number = null });
        PersonId? person = road.PersonOf(Gp.Patient);
        await road.SayAsync(Gp);
        await road.SayAsync(Hospital);

        Assert.Equal("gp/G1+hospital/H1", road.People());
        Assert.Equal(person, road.PersonOf(Hospital.Patient));
        Assert.Single(road.LinksOf(Gp.Patient));
    }

    [Theory, OnBothDatabases]
    public async Task ADummyNumberOfManyPatients_MakesNobodyAnother(Engine engine)
    {
        await using Road road = Road.Open(engine);
        for (int i = 0; i < 70; i++)
        {
            await road.SayAsync(new SaidOf("lab", "L" + i) { Verified = false, Family = "Family" + (char)('a' + (i % 26)) + (i / 26), Given = "Given" + i, Born = $"19{10 + i}-0{1 + (i % 9)}-01" });
        }

        Assert.DoesNotContain("+", road.People());
        Assert.Equal("review", road.StateOf(new SaidOf("lab", "L69").Patient));
    }

    // The same person arrives at the same instant from many sides: the claim's row is the lock.
    [Theory, OnBothDatabases]
    public async Task TheSameNewPerson_TwoHundredTimesAtOnce_IsOnePerson(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await using Committers others = new(road);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => new SaidOf("s" + i, "P" + i))
            .SelectMany(said => Enumerable.Range(0, 4).Select(turn => others.SayAsync(turn, said with { Postcode = $"N{turn} 1AA" }))));

        string[] people = road.People().Split("; ");
        Assert.Single(people);
        Assert.Equal(50, people[0].Split('+').Length);
        Assert.Equal(50, (await road.ReadAsync(new SaidOf("s7", "P7").Patient))!.Patients.Count);
    }
}
