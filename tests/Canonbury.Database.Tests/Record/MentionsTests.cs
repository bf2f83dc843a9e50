using Canonbury.Fhir.Ids;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Record;

/// <summary>A group appointment is one resource: owned by the first patient, reached by the others through a row of their own (design, section 4).</summary>
public sealed class MentionsTests
{
    private const string Source = "clinic";
    private const string Id = "7b0d2a4e-0003-4000-8000-000000000001";

    private static readonly PatientId Ann = PatientId.Of(new SourceId(Source), "ANN");
    private static readonly PatientId Bob = PatientId.Of(new SourceId(Source), "BOB");
    private static readonly PatientId Cat = PatientId.Of(new SourceId(Source), "CAT");

    [Theory, OnBothDatabases]
    public async Task Mentioned_IsReachedFromEachOfItsPatients_AndFromNobodyElse(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        await road.PushAsync(Source, Ann, Group(Ann, Bob), Bob);

        Assert.Contains((await road.ReadAsync(Ann))!.Items, item => item.FhirId == Id);
        Assert.Equal(Ann, (await road.ReadAsync(Bob))!.Items.Single(item => item.FhirId == Id).Patient);
        Assert.NotNull(await road.ReadItemAsync(Bob, "Appointment", Id));
        Assert.DoesNotContain((await road.ReadAsync(Cat))!.Items, item => item.FhirId == Id);
        Assert.Null(await road.ReadItemAsync(Cat, "Appointment", Id));
    }

    [Theory, OnBothDatabases]
    public async Task NoLongerMentioned_IsNoLongerReached(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        await road.PushAsync(Source, Ann, Group(Ann, Bob), Bob);
        await road.PushAsync(Source, Ann, Group(Ann, Cat), Cat);

        Assert.DoesNotContain((await road.ReadAsync(Bob))!.Items, item => item.FhirId == Id);
        Assert.Null(await road.ReadItemAsync(Bob, "Appointment", Id));

        // Cat came later: what was about Ann and Bob alone is not about Cat.
        Assert.Equal([2], (await road.ReadItemAsync(Cat, "Appointment", Id))!.Versions.Select(version => version.Version));
        Assert.Equal([2, 1], (await road.ReadItemAsync(Ann, "Appointment", Id))!.Versions.Select(version => version.Version));
    }

    [Theory, OnBothDatabases]
    public async Task Mentioned_OfADeletedResource_IsGoneForEveryPatient(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        await road.PushAsync(Source, Ann, Group(Ann, Bob), Bob);
        await road.DeleteAsync(Source, Ann, "Appointment", Id);

        Assert.DoesNotContain((await road.ReadAsync(Ann))!.Items, item => item.FhirId == Id);
        Assert.DoesNotContain((await road.ReadAsync(Bob))!.Items, item => item.FhirId == Id);
        Assert.Null(await road.ReadItemAsync(Bob, "Appointment", Id));
    }

    [Theory, OnBothDatabases]
    public async Task ChangedOwner_IsReachedByTheNewMentionsOnly(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        await road.PushAsync(Source, Ann, Group(Ann, Bob), Bob);
        await road.PushAsync(Source, Bob, Group(Bob, Cat), Cat);

        Assert.DoesNotContain((await road.ReadAsync(Ann))!.Items, item => item.FhirId == Id);
        Assert.Equal(Bob, (await road.ReadAsync(Bob))!.Items.Single(item => item.FhirId == Id).Patient);
        Assert.Equal(Bob, (await road.ReadAsync(Cat))!.Items.Single(item => item.FhirId == Id).Patient);
        Assert.Equal([Cat], road.Query("SELECT patient FROM mention WHERE id = $1", row => new PatientId(row.Id(0)), Guid.Parse(Id)));
    }

    private static async Task<Road> OpenAsync(Engine engine)
    {
        Road road = Road.Open(engine);
        foreach (PatientId patient in new[] { Ann, Bob, Cat })
        {
            await road.PushAsync(Source, patient, new Patient { Id = patient.ToString(), Active = true });
        }

        return road;
    }

    private static Appointment Group(params PatientId[] patients) => new()
    {
        Id = Id,
        Status = Appointment.AppointmentStatus.Booked,
        Description = "Group session",
        Participant =
        [
            .. patients.Select(patient => new Appointment.ParticipantComponent
            {
                Actor = new ResourceReference($"Patient/{patient}"),
                Status = ParticipationStatus.Accepted,
            }),
        ],
    };
}
