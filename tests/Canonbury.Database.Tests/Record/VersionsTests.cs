using System.Text;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Database.Tests.Identify.Find;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Record;

public sealed class VersionsTests
{
    private const string Source = "lab";
    private const string Id = "7b0d2a4e-0001-4000-8000-000000000001";

    private static readonly PatientId Ann = PatientId.Of(new SourceId(Source), "ANN");
    private static readonly PatientId Bob = PatientId.Of(new SourceId(Source), "BOB");

    [Theory, OnBothDatabases]
    public async Task Versions_OfAChangedDeletedAndRestoredResource_AreNumberedWithoutGapsAndAllReadable(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await AddAsync(road, Ann);
        await road.PushAsync(Source, Ann, Result(Ann, 1));
        await road.PushAsync(Source, Ann, Result(Ann, 2));
        await road.PushAsync(Source, Ann, Result(Ann, 2));
        await road.DeleteAsync(Source, Ann, "Observation", Id);
        await road.PushAsync(Source, Ann, Result(Ann, 3));

        ItemDetail item = (await road.ReadItemAsync(Ann, "Observation", Id))!;
        Assert.Equal([4, 3, 2, 1], item.Versions.Select(version => version.Version));
        Assert.Equal([false, true, false, false], item.Versions.Select(version => version.Deleted));
        Assert.Equal(["3", "", "2", "1"], item.Versions.Select(version => ValueIn(version.Json)));
        Assert.All(item.Versions, version => Assert.Contains($"\"versionId\":\"{version.Version}\"", Encoding.UTF8.GetString(version.Json.Span)));

        OwnResourceReader own = new(road.Test.Database, _ => PatientStanding.Open);
        AccessGrant grant = Grants.Of(GrantScope.OwnSource, null, source: new SourceId(Source));
        Assert.Equal(["1", "2", "", "3"], Enumerable.Range(1, 4).Select(version => ValueIn(own.Read(grant, "Observation", Id, version)!.Json)));
        Assert.Null(own.Read(grant, "Observation", Id, 5));
        Assert.Null(own.Read(Grants.Of(GrantScope.OwnSource, null, source: new SourceId("other")), "Observation", Id, null));
    }

    [Theory, OnBothDatabases]
    public async Task Versions_OfManyMessagesInOneCommit_AreAllThere(Engine engine)
    {
        await using Road road = Road.Open(engine);
        for (int i = 1; i <= 20; i++)
        {
            await road.ReceiveAsync(Source, $@"MSH|^~\&|L|R|C|B|202603010900{i:D2}||ADT^A08|{i}|P|2.4", "PID|1||ANN^^^^MR||SAMPLE^ANN||19500102|F|||" + i + " HIGH STREET");
        }

        await road.ProcessAsync();

        Guid message = road.Query("SELECT id FROM message ORDER BY id DESC LIMIT 1", row => row.Id(0))[0];
        PatientId patient = new(road.Query("SELECT patient FROM message LIMIT 1", row => row.Id(0))[0]);
        ItemDetail item = (await road.ReadItemAsync(patient, "Patient", patient.ToString()))!;
        Assert.Equal(Enumerable.Range(1, 20).Reverse(), item.Versions.Select(version => version.Version));
        Assert.All(item.Versions, version => Assert.Contains($"\"{version.Version} HIGH STREET\"", Encoding.UTF8.GetString(version.Json.Span)));
        Assert.Equal(message, item.Item.Message);
    }

    [Theory, OnBothDatabases]
    public async Task Changes_OfABucket_AreInCommitOrderOneForEachVersion(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await AddAsync(road, Ann);
        for (int i = 0; i < 5; i++)
        {
            await road.PushAsync(Source, Ann, Result(Ann, i));
            await road.PushAsync(Source, Ann, Result(Ann, i, "7b0d2a4e-0002-4000-8000-000000000001"));
        }

        List<(long Position, Guid Id, int Version)> changes = road.Query(
            "SELECT position, id, version FROM change WHERE bucket = $1 ORDER BY position", row => (row.Long(0), row.Id(1), row.Int(2)), Ann.Bucket);
        Assert.Equal(11, changes.Count);
        Assert.Equal(Enumerable.Range(1, 11).Select(position => (long)position), changes.Select(change => change.Position));
        Assert.Equal([1, 2, 3, 4, 5], changes.Where(change => change.Id == Guid.Parse(Id)).Select(change => change.Version));
        Assert.Equal(11, road.Query("SELECT position FROM bucket WHERE bucket = $1", row => row.Long(0), Ann.Bucket)[0]);
        Assert.Equal(
            changes.Select(change => change.Position),
            road.Query(
                "SELECT position FROM resource WHERE bucket = $1 UNION ALL SELECT position FROM resource_version WHERE bucket = $1 ORDER BY 1",
                row => row.Long(0), Ann.Bucket));
    }

    [Theory, OnBothDatabases]
    public async Task ChangedSubject_LeavesATombstoneAndItsHistory_AndGoesOnUnderTheOtherPatient(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await AddAsync(road, Ann);
        await AddAsync(road, Bob);
        await road.PushAsync(Source, Ann, Result(Ann, 1));
        await road.PushAsync(Source, Bob, Result(Bob, 1));

        Assert.DoesNotContain((await road.ReadAsync(Ann))!.Items, item => item.Type == "Observation");
        Assert.Equal(1, (await road.ReadAsync(Ann))!.Tombstones);
        Assert.Null(await road.ReadItemAsync(Ann, "Observation", Id));
        ItemDetail moved = (await road.ReadItemAsync(Bob, "Observation", Id))!;
        Assert.Equal("1", ValueIn(moved.Json));
        Assert.Contains($"Patient/{Bob}", Encoding.UTF8.GetString(moved.Json.Span));

        // Whoever reads Bob's record must not meet Ann in the history.
        Assert.All(moved.Versions, version => Assert.DoesNotContain(Ann.ToString(), Encoding.UTF8.GetString(version.Json.Span)));
        Assert.Equal([(Ann, 1, false), (Ann, 2, true), (Bob, 3, false)], Rows(road));

        // And back, twice: the history stays whole on both sides.
        await road.PushAsync(Source, Ann, Result(Ann, 2));
        await road.PushAsync(Source, Bob, Result(Bob, 3));
        Assert.Equal(
            [(Ann, 1, false), (Ann, 2, true), (Bob, 3, false), (Bob, 4, true), (Ann, 5, false), (Ann, 6, true), (Bob, 7, false)],
            Rows(road));
        Assert.Equal("3", ValueIn((await road.ReadItemAsync(Bob, "Observation", Id))!.Json));
    }

    [Theory, OnBothDatabases]
    public async Task ChangedSubject_InTheSameCommit_KeepsWhatWasSaidBefore(Engine engine)
    {
        await using Road road = Road.Open(engine);

        // Two patients of one bucket, so that their messages go through together.
        int other = Enumerable.Range(0, 100_000).First(i => PatientId.Of(new SourceId(Source), $"B{i}") is var b && b.Bucket == Ann.Bucket);
        await road.ReceiveAsync(Source, @"MSH|^~\&|L|R|C|B|20260301090001||ADT^A01|1|P|2.4", "PID|1||ANN^^^^MR||SAMPLE^ANN||19500102|F", "PV1|1|I|WARD7^^^SITE|||||||MED|||||||||V12345");
        await road.ReceiveAsync(Source, @"MSH|^~\&|L|R|C|B|20260301090002||ADT^A45|2|P|2.4", $"PID|1||B{other}^^^^MR||SAMPLE^BOB||19510102|M", "PV1|1|I|||||||||||||||||V12345");
        await road.ProcessAsync();

        PatientId bob = PatientId.Of(new SourceId(Source), $"B{other}");
        Assert.DoesNotContain((await road.ReadAsync(Ann))!.Items, item => item.Type == "Encounter");
        RecordItem visit = Assert.Single((await road.ReadAsync(bob))!.Items, item => item.Type == "Encounter");
        ItemDetail detail = (await road.ReadItemAsync(bob, "Encounter", visit.FhirId))!;
        Assert.Contains("WARD7", Encoding.UTF8.GetString(detail.Json.Span));
        Assert.Contains($"Patient/{bob}", Encoding.UTF8.GetString(detail.Json.Span));
    }

    private static List<(PatientId Owner, int Version, bool Deleted)> Rows(Road road) => road.Query(
        """
        SELECT patient, version, deleted FROM resource WHERE id = $1 AND type = $2
        UNION ALL SELECT patient, version, deleted FROM resource_version WHERE id = $1 AND type = $2 ORDER BY 2
        """,
        row => (new PatientId(row.Id(0)), row.Int(1), row.Flag(2)), Guid.Parse(Id), ResourceTypes.NumberOf("Observation"));

    private static Task AddAsync(Road road, PatientId patient) => road.PushAsync(Source, patient, new Patient { Id = patient.ToString(), Active = true });

    private static Observation Result(PatientId patient, int value, string id = Id) => new()
    {
        Id = id,
        Status = ObservationStatus.Final,
        Code = new CodeableConcept("http://snomed.info/sct", "271649006", "Systolic blood pressure"),
        Subject = new ResourceReference($"Patient/{patient}"),
        Value = new Quantity(value, "mmHg"),
    };

    private static string ValueIn(ReadOnlyMemory<byte> json)
    {
        using System.Text.Json.JsonDocument resource = System.Text.Json.JsonDocument.Parse(json);
        return resource.RootElement.TryGetProperty("valueQuantity", out System.Text.Json.JsonElement value) ? value.GetProperty("value").GetRawText() : "";
    }
}
