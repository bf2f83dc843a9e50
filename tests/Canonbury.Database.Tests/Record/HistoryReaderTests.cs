using System.Text;
using Canonbury.Database.Tests.Identify.Find;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Record;

/// <summary>Histories of one resource, of a type and of the system. https://hl7.org/fhir/R4/http.html#history</summary>
public sealed class HistoryReaderTests
{
    private const string Lab = "lab";
    private static readonly HistoryTimes Always = new(null, null);

    [Theory, OnBothDatabases]
    public async Task Walk_IsNewestFirst_AcrossBuckets_WithDeletions_OfTheOwnSourceOnly(Engine engine)
    {
        await using Road road = Road.Open(engine);
        PatientId[] patients = [.. Enumerable.Range(0, 8).Select(i => Patient(Lab, $"P{i}"))];
        foreach (PatientId patient in patients)
        {
            await AddAsync(road, Lab, patient);
            await road.PushAsync(Lab, patient, Flag(patient, "1"));
            await AddAsync(road, "other", Patient("other", patient.ToString()));
        }

        await road.DeleteAsync(Lab, patients[3], "Flag", FlagId(patients[3]));
        await road.PushAsync(Lab, patients[0], Flag(patients[0], "2"));

        HistoryStretch system = Walk(road, null, Always, HistoryPlace.Newest, 100);
        Assert.Null(system.Next);
        Assert.Equal(18, system.Versions.Count);
        Assert.Equal([(FlagId(patients[0]), 2, false), (FlagId(patients[3]), 2, true)], system.Versions.Take(2).Select(Said));
        Assert.Equal(system.Versions.OrderByDescending(version => version.LastModified).Select(Said), system.Versions.Select(Said));
        Assert.Equal(10, Walk(road, "Flag", Always, HistoryPlace.Newest, 100).Versions.Count);
        Assert.Equal(8, Walk(road, "Patient", Always, HistoryPlace.Newest, 100, "other").Versions.Count);
        Assert.Empty(Walk(road, null, Always, HistoryPlace.Newest, 100, "nobody").Versions);
        Assert.Contains("\"versionId\":\"1\"", Encoding.UTF8.GetString(system.Versions[^1].Json.Span), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Pages_AreStable_WhileOthersWrite(Engine engine)
    {
        await using Road road = Road.Open(engine);
        PatientId[] patients = [.. Enumerable.Range(0, 10).Select(i => Patient(Lab, $"P{i}"))];
        foreach (PatientId patient in patients)
        {
            await AddAsync(road, Lab, patient);
        }

        List<string> seen = [];
        HistoryPlace? place = HistoryPlace.Newest;
        while (place is { } from)
        {
            HistoryStretch page = Walk(road, null, Always, from, 3);
            seen.AddRange(page.Versions.Select(version => version.Id));
            place = page.Next is { } next ? HistoryPlace.Of(next.ToBytes()) : null;
            await AddAsync(road, Lab, Patient(Lab, $"LATER{seen.Count}"));
        }

        Assert.Equal(patients.Reverse().Select(patient => patient.ToString()), seen);
    }

    [Theory, OnBothDatabases]
    public async Task Page_OfChangesOfOthers_IsShortAndGoesOn(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await AddAsync(road, Lab, Patient(Lab, "OLD"));
        using (Session session = road.Test.Database.Open())
        {
            // More changes than one stretch looks at, of resources that are gone since.
            session.Begin();
            for (int i = 0; i < 10_500; i++)
            {
                session.Write(
                    "INSERT INTO change (bucket, position, patient, type, id, version, committed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    1, 1000L + i, Guid.Empty, 1, Guid.Empty, 1, 4_000_000_000_000_000 + i);
            }

            session.Commit();
        }

        HistoryStretch first = Walk(road, null, Always, HistoryPlace.Newest, 5);
        Assert.Empty(first.Versions);
        HistoryStretch second = Walk(road, null, Always, first.Next!.Value, 5);
        Assert.Single(second.Versions);
        Assert.Null(second.Next);
    }

    [Theory, OnBothDatabases]
    public async Task Times_Narrow_ByWhenAVersionWasMadeAndHowLongItWasCurrent(Engine engine)
    {
        await using Road road = Road.Open(engine);
        PatientId ann = Patient(Lab, "ANN");
        await AddAsync(road, Lab, ann);
        await road.PushAsync(Lab, ann, Flag(ann, "1"));
        await road.PushAsync(Lab, ann, Flag(ann, "2"));
        await road.DeleteAsync(Lab, ann, "Flag", FlagId(ann));
        await road.PushAsync(Lab, ann, Flag(ann, "3"));

        DateTimeOffset[] made = [.. One(road, ann, Always)!.Select(version => version.LastModified).Reverse()];
        Assert.Equal(4, made.Length);
        Assert.Equal([4, 3], Both(road, ann, new HistoryTimes(made[2], null)));
        Assert.Equal([2], Both(road, ann, At(made[1], made[1].AddTicks(1))));
        Assert.Equal([2, 1], Both(road, ann, At(made[0], made[1].AddTicks(1))));
        Assert.Equal([4], Both(road, ann, At(made[3].AddYears(1), made[3].AddYears(2))));
        Assert.Empty(Both(road, ann, At(made[0].AddYears(-2), made[0].AddYears(-1))));

        // Nothing was current while it was deleted.
        Assert.Empty(Both(road, ann, At(made[2].AddTicks(1), made[2].AddTicks(2))));
    }

    [Theory, OnBothDatabases]
    public async Task One_ThatChangedItsSubject_HasAllItsVersions_AndIsNobodyElses(Engine engine)
    {
        await using Road road = Road.Open(engine);
        PatientId ann = Patient(Lab, "ANN"), bob = Patient(Lab, "BOB");
        await AddAsync(road, Lab, ann);
        await AddAsync(road, Lab, bob);
        await road.PushAsync(Lab, ann, Flag(ann, "1"));
        Flag moved = Flag(bob, "1");
        moved.Id = FlagId(ann);
        await road.PushAsync(Lab, bob, moved);

        Assert.Equal([(FlagId(ann), 3, false), (FlagId(ann), 2, true), (FlagId(ann), 1, false)], One(road, ann, Always)!.Select(Said));
        Assert.Null(One(road, ann, Always, "other"));
        Assert.Null(One(road, bob, Always));
        Assert.Throws<ArgumentException>(() => new HistoryReader(road.Test.Database, _ => PatientStanding.Open).OfOne(
            Grants.Of(GrantScope.Operations, null), "Flag", FlagId(ann), Always));
    }

    private static HistoryTimes At(DateTimeOffset from, DateTimeOffset to) => new(null, (from, to));

    /// <summary>The versions that the history of the resource and that of its type give, which must be the same.</summary>
    private static IEnumerable<int> Both(Road road, PatientId patient, HistoryTimes times)
    {
        int[] one = [.. One(road, patient, times)!.Select(version => version.Version)];
        Assert.Equal(one, Walk(road, "Flag", times, HistoryPlace.Newest, 100).Versions.Select(version => version.Version));
        return one;
    }

    private static IReadOnlyList<OwnResource>? One(Road road, PatientId patient, HistoryTimes times, string source = Lab) =>
        new HistoryReader(road.Test.Database, _ => PatientStanding.Open).OfOne(Client(source), "Flag", FlagId(patient), times);

    private static HistoryStretch Walk(Road road, string? type, HistoryTimes times, HistoryPlace before, int limit, string source = Lab) =>
        new HistoryReader(road.Test.Database, _ => PatientStanding.Open).OfMany(Client(source), new HistoryWalk(type, times, before, limit));

    private static AccessGrant Client(string source) => Grants.Of(GrantScope.OwnSource, null, source: new SourceId(source));

    private static (string, int, bool) Said(OwnResource version) => (version.Id, version.Version, version.Deleted);

    private static PatientId Patient(string source, string local) => PatientId.Of(new SourceId(source), local);

    private static string FlagId(PatientId patient) => "f" + patient;

    private static Flag Flag(PatientId patient, string text) => new()
    {
        Id = FlagId(patient),
        Status = Hl7.Fhir.Model.Flag.FlagStatus.Active,
        Code = new CodeableConcept { Text = text },
        Subject = new ResourceReference($"Patient/{patient}"),
    };

    private static Task AddAsync(Road road, string source, PatientId patient) =>
        road.PushAsync(source, patient, new Patient { Id = patient.ToString(), BirthDate = "1950-01-02" });
}
