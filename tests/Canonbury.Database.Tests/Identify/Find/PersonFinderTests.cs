using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Xunit;

namespace Canonbury.Database.Tests.Identify.Find;

public sealed class PersonFinderTests
{
    private static readonly PersonId Anna = FindBorough.NewPerson();
    private static readonly PersonId Ali = FindBorough.NewPerson();
    private static readonly PersonId Katherine = FindBorough.NewPerson();
    private static readonly PersonId Namesake = FindBorough.NewPerson();

    [Theory, OnBothDatabases]
    public async Task Find_ByNhsNumberTypedWithSpaces_GivesThePerson(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        PersonHit hit = Assert.Single(await FindAsync(test, "999 000 0018"));
        Assert.Equal((Anna, "9990000018", true), (hit.Person, hit.NhsNumber, hit.NhsNumberVerified));
    }

    [Theory, OnBothDatabases]
    public async Task Find_ByHospitalNumber_GivesThePersonWithAllSources(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        PersonHit hit = Assert.Single(await FindAsync(test, "h100"));
        Assert.Equal(Anna, hit.Person);
        Assert.Equal([(new SourceId("gp"), "G1"), (new SourceId("pas"), "H100")], hit.LocalIds);
        // What the audit names is the key of the patient, authority included, not the number that is shown.
        Assert.Equal([PatientId.Of(new SourceId("gp"), "G1"), PatientId.Of(new SourceId("pas"), "RXX|H100")], hit.Patients);
        Assert.Equal("O'BRIEN, Anna Maria", hit.Name);
        Assert.Equal(["BRIEN, Ann"], hit.OtherNames);
    }

    [Theory, OnBothDatabases]
    public async Task Find_ByNameInAnyOrder_GivesTheExactOneFirst(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        foreach (string text in new[] { "Ali Khan", "khan, ali", "KHAN ALI", "ali kh", "a khan", "Ali Hassan Khan" })
        {
            IReadOnlyList<PersonHit> hits = await FindAsync(test, text);
            Assert.Equal(Ali, hits[0].Person);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Find_ByAMisspeltName_GivesThePerson(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        foreach ((string text, PersonId person) in new[]
        {
            ("Cathryn Nguyen", Katherine), ("nguyen catherine", Katherine), ("Ngyuen Katherine", Katherine), ("kahtrine", Katherine), ("obrian ana", Anna),
            ("o brien anna", Anna), ("kahn aly", Ali), ("Nguyễn", Katherine),
        })
        {
            IReadOnlyList<PersonHit> hits = await FindAsync(test, text);
            Assert.True(hits.Count > 0 && hits[0].Person == person, text);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Find_WithTheBirthDate_TellsNamesakesApart(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        Assert.Equal(Namesake, (await FindAsync(test, "ali khan", new DateOnly(1990, 1, 2)))[0].Person);
        Assert.Equal(Ali, (await FindAsync(test, "ali khan 03/04/1971"))[0].Person);
        Assert.Equal(Ali, (await FindAsync(test, "ali khan", new DateOnly(1971, 3, 4)))[0].Person);
        Assert.Equal(Ali, Assert.Single(await FindAsync(test, null, new DateOnly(1971, 4, 3))).Person);
        Assert.Equal(Ali, (await FindAsync(test, "kan ali", new DateOnly(1971, 4, 3)))[0].Person);
    }

    [Theory, OnBothDatabases]
    public async Task Find_ASensitivePerson_ShowsNoAddress(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        PersonHit hit = (await FindAsync(test, "katherine nguyen"))[0];
        Assert.Equal((null, null), (hit.AddressLine, hit.Postcode));
        Assert.Equal("N1 1AA", (await FindAsync(test, "h100"))[0].Postcode);
    }

    [Theory, OnBothDatabases]
    public async Task Find_AfterANameHasChanged_GoesByTheNewOne(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        await test.Committer.CommitAsync(0, session =>
        {
            FindIndex.Write(session, PatientId.Of(new SourceId("pas"), "H200"), new FindFacts([new FindName("Khan", "Ali Hassan")], "1971-04-03"),
                new FindFacts([new FindName("Malik", "Ali Hassan")], "1971-04-03"));
            return 0;
        });
        Assert.Equal(Ali, (await FindAsync(test, "malik"))[0].Person);
        Assert.DoesNotContain(await FindAsync(test, "hassan khan"), hit => hit.Person == Ali && hit.Score > 0.9);
    }

    [Theory, OnBothDatabases]
    public async Task Find_OfNothingAndOfNobody_GivesNone(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        foreach (string? text in new[] { null, "", "  ", "xqzwv", "12345678", "%", "'; DROP TABLE patient", "\U0010FFFF" })
        {
            Assert.Empty(await FindAsync(test, text));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Find_WithAGrantForOnePerson_GivesThatPersonOnly(Engine engine)
    {
        await using TestDatabase test = Borough(engine);
        PersonFinder finder = new(test.Database);
        AccessGrant grant = Grants.Of(GrantScope.Person, Namesake);
        Assert.Equal([Namesake], (await finder.FindAsync(grant, new PersonQuery("ali khan", null), TestContext.Current.CancellationToken)).Select(hit => hit.Person));
        Assert.Empty(await finder.FindAsync(grant, new PersonQuery("h100", null), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Find_WithAnotherGrant_IsABug()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        PersonFinder finder = new(test.Database);
        await Assert.ThrowsAsync<ArgumentException>(() => finder.FindAsync(Grants.Of(GrantScope.Operations, null), new PersonQuery("x", null), TestContext.Current.CancellationToken));
    }

    private static TestDatabase Borough(Engine engine)
    {
        TestDatabase test = TestDatabase.Create(engine);
        test.Committer.CommitAsync(0, session =>
        {
            new FindBorough(session)
                .Add(Anna, "gp", "G1", "O'Brien", "Anna Maria", "1985-03-12", "9990000018")
                .Add(Anna, "pas", "RXX|H100", "Brien", "Ann", "1985-03-12")
                .Add(Ali, "pas", "H200", "Khan", "Ali Hassan", "1971-04-03")
                .Add(Katherine, "gp", "G3", "Nguyễn", "Katherine", "2001-12-31", sensitive: true)
                .Add(Namesake, "gp", "G4", "Khan", "Ali Imran", "1990-01-02");
            return 0;
        }).Wait();
        return test;
    }

    private static Task<IReadOnlyList<PersonHit>> FindAsync(TestDatabase test, string? text, DateOnly? born = null) =>
        new PersonFinder(test.Database).FindAsync(Grants.Of(GrantScope.Find, null), new PersonQuery(text, born), TestContext.Current.CancellationToken);
}
