using Canonbury.Database.Tests.Identify.Find;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Record;

public sealed class RecordReaderTests
{
    private const string Source = "gp";

    private static readonly PatientId Ann = PatientId.Of(new SourceId(Source), "ANN");

    [Theory, OnBothDatabases]
    public async Task Read_WithSections_ShowsThoseAndNothingElse(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        HashSet<Section> granted = [Section.Allergies];

        PersonRecord all = (await road.ReadAsync(Ann))!;
        Assert.Equal(
            [Section.Demographics, Section.Problems, Section.Allergies, Section.Results],
            all.Items.Select(item => item.Card.Section).Distinct().Order());
        PersonRecord some = (await road.ReadAsync(Ann, granted))!;
        Assert.Equal(["AllergyIntolerance"], some.Items.Select(item => item.Type));
        Assert.NotNull(await road.ReadItemAsync(Ann, "AllergyIntolerance", "allergy", granted));
        Assert.Null(await road.ReadItemAsync(Ann, "Condition", "problem", granted));
        Assert.Null(await road.ReadItemAsync(Ann, "Observation", "result", granted));
    }

    [Theory, OnBothDatabases]
    public async Task ReadItem_WithSections_HidesVersionsThatStoodInAnotherSection(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        Observation weight = Result(1);
        weight.Category = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")];
        await road.PushAsync(Source, Ann, weight);

        Assert.Equal([2, 1], (await road.ReadItemAsync(Ann, "Observation", "result"))!.Versions.Select(version => version.Version));
        ItemDetail seen = (await road.ReadItemAsync(Ann, "Observation", "result", new HashSet<Section> { Section.Measurements }))!;
        Assert.Equal([2], seen.Versions.Select(version => version.Version));
    }

    // Feature C9: what a source withdrew or deleted disappears, and leaves a tombstone.
    [Theory, OnBothDatabases]
    public async Task WithdrawnAndDeleted_Disappear_AndAreCounted(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        Condition wrong = Problem();
        wrong.VerificationStatus = new CodeableConcept("http://terminology.hl7.org/CodeSystem/condition-ver-status", "entered-in-error");
        await road.PushAsync(Source, Ann, wrong);
        await road.DeleteAsync(Source, Ann, "Observation", "result");

        PersonRecord record = (await road.ReadAsync(Ann))!;
        Assert.Equal(["AllergyIntolerance", "Patient"], record.Items.Select(item => item.Type).Order());
        Assert.Equal(2, record.Tombstones);
        Assert.Null(await road.ReadItemAsync(Ann, "Observation", "result"));

        // How much was deleted in sections that are withheld is withheld, too.
        Assert.Equal(0, (await road.ReadAsync(Ann, new HashSet<Section> { Section.Allergies }))!.Tombstones);

        // The rows are all there.
        Assert.Equal(2, road.Query("SELECT count(*) FROM resource_version", row => row.Int(0))[0]);
    }

    [Theory, OnBothDatabases]
    public async Task Read_OfAnUnknownPerson_IsNull_AndOfAnotherScope_Throws(Engine engine)
    {
        await using Road road = await OpenAsync(engine);

        Assert.Null(await road.Reader.ReadAsync(Grants.Of(GrantScope.Person, new PersonId(Guid.NewGuid())), CancellationToken.None));
        foreach (GrantScope scope in new[] { GrantScope.Find, GrantScope.Operations, GrantScope.OwnSource })
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await road.Reader.ReadAsync(Grants.Of(scope, road.PersonOf(Ann)), CancellationToken.None));
            await Assert.ThrowsAsync<ArgumentException>(async () =>
                await road.Reader.ReadItemAsync(Grants.Of(scope, road.PersonOf(Ann)), "Condition", "problem", CancellationToken.None));
        }
    }

    [Theory, OnBothDatabases]
    public async Task ReadItem_OfAnotherPerson_IsNull(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        PatientId bob = PatientId.Of(new SourceId(Source), "BOB");
        await road.PushAsync(Source, bob, new Patient { Id = "BOB" });

        Assert.Null(await road.ReadItemAsync(bob, "Condition", "problem"));
        Assert.Null(await road.ReadItemAsync(bob, "Patient", "ANN"));
        Assert.Null(await road.ReadItemAsync(bob, "NoSuchType", "problem"));
    }

    private static async Task<Road> OpenAsync(Engine engine)
    {
        Road road = Road.Open(engine);
        await road.PushAsync(Source, Ann, new Patient { Id = "ANN", Active = true });
        await road.PushAsync(Source, Ann, Problem());
        await road.PushAsync(Source, Ann, Result(1));
        await road.PushAsync(Source, Ann, new AllergyIntolerance
        {
            Id = "allergy",
            Patient = new ResourceReference("Patient/ANN"),
            Code = new CodeableConcept("http://snomed.info/sct", "91936005", "Allergy to penicillin"),
        });
        return road;
    }

    private static Condition Problem() => new()
    {
        Id = "problem",
        Subject = new ResourceReference("Patient/ANN"),
        Code = new CodeableConcept("http://snomed.info/sct", "38341003", "Hypertension"),
    };

    private static Observation Result(int value) => new()
    {
        Id = "result",
        Status = ObservationStatus.Final,
        Subject = new ResourceReference("Patient/ANN"),
        Code = new CodeableConcept("http://snomed.info/sct", "27113001", "Body weight"),
        Category = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")],
        Value = new Quantity(value, "kg"),
    };
}
