using Canonbury.Database.Tests.Identify.Find;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search.Query;
using Canonbury.Record.Export;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Record;

/// <summary>What an export reads, chunk by chunk in the order of the store, each resource once.</summary>
public sealed class ExportReaderTests
{
    private const string Lab = "lab";
    private static readonly SourceId LabId = new(Lab);
    private static readonly ExportFilter All = Filter(null);

    [Theory, OnBothDatabases]
    public async Task Buckets_GiveEachResourceOnce_AcrossChunks_WithoutWhatIsDeletedOrOthers(Engine engine)
    {
        await using Road road = Road.Open(engine);
        PatientId ann = PatientId.Of(LabId, "ANN"), bob = PatientId.Of(LabId, "BOB");
        await AddAsync(road, Lab, ann);
        await AddAsync(road, Lab, bob);
        await AddAsync(road, "other", PatientId.Of(new SourceId("other"), "CAT"));
        for (int i = 0; i < 405; i++)
        {
            await road.PushAsync(Lab, ann, Flag(ann, i));
        }

        await road.PushAsync(Lab, bob, Flag(bob, 1000));
        await road.DeleteAsync(Lab, ann, "Flag", "f7");
        await road.PushAsync(Lab, PatientId.Nobody, new Organization { Id = "org" });

        string[] expected = [ann.ToString(), bob.ToString(), "org", "f1000", .. Enumerable.Range(0, 405).Where(i => i != 7).Select(i => $"f{i}")];
        Assert.Equal(expected.Order(), Buckets(road, Lab, All));
        Assert.Equal(new[] { ann.ToString(), bob.ToString(), "org" }.Order(), Buckets(road, Lab, Filter(["Patient", "Organization", "Basic"])));
        Assert.Equal(new[] { ann.ToString(), bob.ToString() }.Order(), Buckets(road, Lab, Filter(["Patient", "Organization"]) with { WithoutPatient = false }));
        Assert.Equal(404, Reader(road).OfPatient(Client(Lab), Filter(["Flag"]), ann, new HashSet<PatientId> { ann }).Sum(chunk => chunk.Count));
        Assert.Single(Buckets(road, "other", All));
        Assert.Equal(expected.Length + 1, Buckets(road, null, All).Count);
        Assert.True(Reader(road).OfBucket(Client(Lab), All, ann.Bucket).All(chunk => chunk.Count <= 200));
    }

    [Theory, OnBothDatabases]
    public async Task Group_IsItsMembersWhoStayed_WithWhatMentionsThem(Engine engine)
    {
        await using Road road = Road.Open(engine);
        PatientId ann = PatientId.Of(LabId, "ANN"), bob = PatientId.Of(LabId, "BOB"), cat = PatientId.Of(LabId, "CAT"), far = PatientId.Of(new SourceId("other"), "FAR");
        foreach (PatientId patient in new[] { ann, bob, cat })
        {
            await AddAsync(road, Lab, patient);
        }

        await AddAsync(road, "other", far);
        await road.PushAsync(Lab, cat, Flag(cat, 1), ann);
        await road.PushAsync(Lab, bob, Flag(bob, 2), ann);
        Group group = new() { Id = "g", Type = Group.GroupType.Person, Actual = true, Member = [Member(ann), Member(bob), Member(cat), Member(far), Member(PatientId.Of(LabId, "NONE"))] };
        group.Member[2].Inactive = true;
        await road.PushAsync(Lab, ann, group);

        IReadOnlySet<PatientId> members = Reader(road).Members(Client(Lab), "g")!;
        Assert.Equal(new[] { ann, bob }.ToHashSet(), members);
        Assert.Null(Reader(road).Members(Client("other"), "g"));
        Assert.Null(Reader(road).Members(Client(Lab), "none"));

        // The flag about a member and a mentioned one comes once; that of a stranger who mentions one comes, too.
        string[] read = [.. members.SelectMany(patient => Reader(road).OfPatient(Client(Lab), All, patient, members)).SelectMany(chunk => chunk).Select(one => one.Id).Order()];
        Assert.Equal(new[] { ann.ToString(), bob.ToString(), "f1", "f2", "g" }.Order(), read);
    }

    private static List<string> Buckets(Road road, string? source, ExportFilter filter) =>
    [
        .. Enumerable.Range(0, PatientId.BucketCount)
            .SelectMany(bucket => Reader(road).OfBucket(Client(source), filter, bucket))
            .SelectMany(chunk => chunk)
            .Select(one => one.Id)
            .Order(),
    ];

    private static ExportReader Reader(Road road) => new(
        road.Test.Database, new SearchRooms(road.Current.LinkedTo, (_, _, _) => null, _ => PatientStanding.Open, () => []));

    private static ExportFilter Filter(string[]? types) => new(types?.ToHashSet(), null, new Dictionary<string, IReadOnlyList<IReadOnlyList<Predicate>>>(), WithoutPatient: true);

    private static AccessGrant Client(string? source) => source is null
        ? Grants.Of(GrantScope.EverySource, null, source: LabId)
        : Grants.Of(GrantScope.OwnSource, null, source: new SourceId(source));

    private static Group.MemberComponent Member(PatientId patient) => new() { Entity = new ResourceReference($"Patient/{patient}") };

    private static Flag Flag(PatientId patient, int number) => new()
    {
        Id = $"f{number}",
        Status = Hl7.Fhir.Model.Flag.FlagStatus.Active,
        Code = new CodeableConcept { Text = "x" },
        Subject = new ResourceReference($"Patient/{patient}"),
    };

    private static Task AddAsync(Road road, string source, PatientId patient) =>
        road.PushAsync(source, patient, new Patient { Id = patient.ToString(), BirthDate = "1950-01-02" });
}
