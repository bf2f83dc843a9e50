using System.Text.Json;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Record;

/// <summary>Drafts are made before the transaction (decision 5); whoever drafted on what is no longer so drafts again.</summary>
public sealed class ConcurrentWritersTests
{
    private const string Source = "pas";

    private static readonly PatientId Ann = PatientId.Of(new SourceId(Source), "ANN");

    [Theory, OnBothDatabases]
    public async Task ManyWriters_OfOnePatient_LoseNoWrite(Engine engine)
    {
        const int Writers = 8, Each = 15;
        await using Road road = Road.Open(engine);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                await road.PushAsync(Source, Ann, new Basic
                {
                    Id = "shared",
                    Code = new CodeableConcept("urn:writer", $"{writer}-{i}"),
                    Subject = new ResourceReference("Patient/ANN"),
                });
                await road.PushAsync(Source, Ann, new Basic
                {
                    Id = $"own-{writer}-{i}",
                    Code = new CodeableConcept("urn:writer", $"{writer}-{i}"),
                    Subject = new ResourceReference("Patient/ANN"),
                });
            }
        }, TestContext.Current.CancellationToken)));

        await road.PushAsync(Source, Ann, new Patient { Id = "ANN" });
        ItemDetail shared = (await road.ReadItemAsync(Ann, "Basic", "shared"))!;
        Assert.Equal(Enumerable.Range(1, Writers * Each).Reverse(), shared.Versions.Select(version => version.Version));
        Assert.Equal(Writers * Each, shared.Versions.Select(version => Code(version.Json)).Distinct().Count());
        Assert.Equal((Writers * Each) + 2, (await road.ReadAsync(Ann))!.Items.Count);

        List<long> positions = road.Query("SELECT position FROM change WHERE bucket = $1 ORDER BY position", row => row.Long(0), Ann.Bucket);
        Assert.Equal(Enumerable.Range(1, (2 * Writers * Each) + 1).Select(position => (long)position), positions);
    }

    [Theory, OnBothDatabases]
    public async Task MessagesAndPushes_OfOneBucket_LoseNoWrite(Engine engine)
    {
        const int Messages = 40;
        await using Road road = Road.Open(engine);
        road.Leases.Renew();
        Task pushing = Task.Run(async () =>
        {
            for (int i = 0; i < Messages; i++)
            {
                await road.PushAsync(Source, Ann, new Basic { Id = $"b{i}", Code = new CodeableConcept("urn:x", "1"), Subject = new ResourceReference("Patient/ANN") });
            }
        }, TestContext.Current.CancellationToken);
        for (int i = 0; i < Messages; i++)
        {
            await road.SendAsync(Source, $@"MSH|^~\&|P|S|C|B|2026030109{i:D2}||ADT^A08|{i}|P|2.4", $"PID|1||ANN|||||||||||02079460{i:D3}", $"PV1|1|O|||||||||||||||||V9000{i}");
        }

        await pushing;
        Assert.Equal((2 * Messages) + 1, (await road.ReadAsync(Ann))!.Items.Count);
        Assert.Equal(0, road.Query("SELECT count(*) FROM message WHERE state <> 1", row => row.Int(0))[0]);
        ItemDetail patient = (await road.ReadItemAsync(Ann, "Patient", Ann.ToString()))!;
        Assert.Equal(Enumerable.Range(1, Messages).Reverse(), patient.Versions.Select(version => version.Version));
    }

    // One resource that two buckets make at the same instant: the second to commit finds it there, and no message is given up for that.
    [Theory, OnBothDatabases]
    public async Task OneNewResource_MadeFromManyBuckets_IsOne(Engine engine)
    {
        const int Patients = 24;
        await using Road road = Road.Open(engine);
        for (int i = 0; i < Patients; i++)
        {
            await road.ReceiveAsync(Source, $@"MSH|^~\&|P|S|C|B|2026030109{i:D2}||ADT^A01|{i}|P|2.4", $"PID|1||P{i}||SAMPLE^ANN", "PV1|1|I|||||||||||||||||VISIT1");
        }

        await road.ServeAsync();
        Assert.Equal(Patients, road.Query("SELECT count(*) FROM message WHERE state = 1", row => row.Int(0))[0]);
        Guid visit = road.Query("SELECT id FROM locator WHERE type = $1", row => row.Id(0), Canonbury.Fhir.Types.ResourceTypes.NumberOf("Encounter")).Single();

        // By the source's time the visit is the last patient's, and it is nobody else's.
        PatientId last = PatientId.Of(new SourceId(Source), $"P{Patients - 1}");
        Assert.Equal([last], road.Query("SELECT patient FROM resource WHERE id = $1 AND deleted = 0", row => new PatientId(row.Id(0)), visit));
    }

    private static string Code(ReadOnlyMemory<byte> json)
    {
        using JsonDocument resource = JsonDocument.Parse(json);
        return resource.RootElement.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString()!;
    }
}
