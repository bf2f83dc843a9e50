using System.Text;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Record;

/// <summary>Feature B7, hazard 15: of a restricted person no address, telephone, practice or contact leaves, whichever source sent it.</summary>
public sealed class AddressMaskTests
{
    /// <summary>Every value that must not leave holds this word.</summary>
    private const string Secret = "Honeysuckle";

    private static readonly PatientId AtHospital = PatientId.Of(new SourceId("pas"), "SITE|H1");
    private static readonly PatientId AtCouncil = PatientId.Of(new SourceId("council"), "C1");

    [Theory, OnBothDatabases]
    public async Task RestrictedByOneSource_IsMaskedInEverySource_InEveryVersion(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        string open = await EverythingAsync(road, AtHospital);

        // Without a label everything is shown; so the scan below looks at what would be there.
        foreach (string what in new[] { "Address", "Phone", "Practice", "Doctor", "Kin", "Ward", "Clinic", "Birthplace", "Council", "Narrative", "Lives" })
        {
            Assert.Contains(Secret + what, open, StringComparison.OrdinalIgnoreCase);
        }

        await road.SendAsync("pas", Message("A31", "20260304090000", 5), "PID|1||H1^^^SITE^MR", "PD1||||||||||||Y");
        string masked = await EverythingAsync(road, AtCouncil);

        Assert.DoesNotContain(Secret, masked, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"birthDate\":\"1950-01-02\"", masked);
        Assert.Contains("SAMPLE", masked);
        Assert.Contains("Asthma", masked);
        Assert.Contains("Dr Ward Round", masked);
        PersonRecord record = (await road.ReadAsync(AtCouncil))!;
        Assert.Equal(2, record.Patients.Count);
        Assert.DoesNotContain(record.Items, item => item.Type == "RelatedPerson");
        Assert.Contains(record.Items, item => item.Card.Section == Section.Encounters);
        Assert.DoesNotContain(Secret, string.Concat(await road.FindAsync("SAMPLE ANN")), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnBothDatabases]
    public async Task Restriction_OfAPatientThatItsSourceDeleted_Stays(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        Patient council = Council();
        council.Meta = new Meta { Security = [new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "V")] };
        await road.PushAsync("council", AtCouncil, council);
        await road.DeleteAsync("council", AtCouncil, "Patient", "C1");

        Assert.DoesNotContain(Secret, await EverythingAsync(road, AtHospital), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnBothDatabases]
    public async Task Restriction_ThatTheSourceTakesBack_IsOver(Engine engine)
    {
        await using Road road = await OpenAsync(engine);
        await road.SendAsync("pas", Message("A31", "20260304090000", 5), "PID|1||H1^^^SITE^MR", "PD1||||||||||||Y");
        await road.SendAsync("pas", Message("A31", "20260305090000", 6), "PID|1||H1^^^SITE^MR", "PD1||||||||||||N");

        Assert.Contains(Secret + "Address", await EverythingAsync(road, AtHospital), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A hospital and a council that know one person; each value that could lead to a home is marked.</summary>
    private static async Task<Road> OpenAsync(Engine engine)
    {
        Road road = Road.Open(engine);
        string pid = $"PID|1||H1^^^SITE^MR~9990000018^^^NHS^NH||SAMPLE^ANN||19500102|F|||1 {Secret}Address ROAD^^LONDON^^N1 1AA|||020 {Secret}Phone|||||||||{Secret}Birthplace|||||||||01";
        await road.SendAsync(
            "pas", Message("A01", "20260301090000", 1), pid, $"PD1|||{Secret}Practice^^P1|G1^{Secret}Doctor^ANN",
            $"NK1|1|{Secret}Kin^BOB|SPO|1 {Secret}Address ROAD|020 {Secret}Phone",
            $"PV1|1|I|{Secret}Ward^^^{Secret}Ward||||C1^Round^Ward^^^Dr||||||||||||V12345",
            "DG1|1||195967001^Asthma^SCT|||A");
        await road.SendAsync("pas", Message("A08", "20260302090000", 2), pid.Replace("1 " + Secret, "2 " + Secret, StringComparison.Ordinal));
        await road.SendAsync(
            "pas", Message("S12", "20260303090000", 3).Replace("ADT", "SIU", StringComparison.Ordinal), "SCH|A1||||||^Review|||||^^^20260401090000^20260401093000",
            "PID|1||H1^^^SITE^MR", "RGS|1", $"AIL|1||{Secret}Clinic^ROOM 1^^{Secret}Clinic", "AIP|1||C1^Round^Ward^^^Dr");
        await road.PushAsync("council", AtCouncil, Council());
        await road.PushAsync("council", AtCouncil, new CareTeam
        {
            Id = "team",
            Subject = new ResourceReference("Patient/C1"),
            Participant = [new CareTeam.ParticipantComponent { Member = new ResourceReference { Display = Secret + "Kin" } }],
            Text = new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{Secret}Narrative</div>" },
        });
        await road.PushAsync("council", AtCouncil, new Encounter
        {
            Id = "visit",
            Status = Encounter.EncounterStatus.Finished,
            Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HH"),
            Subject = new ResourceReference("Patient/C1"),
            Contained = [new Location { Id = "home", Name = Secret + "Lives", Address = new Address { Text = Secret + "Lives" } }],
            Location = [new Encounter.LocationComponent { Location = new ResourceReference("#home") }],
            ServiceProvider = new ResourceReference { Display = Secret + "Council" },
        });
        Assert.Equal(road.PersonOf(AtHospital), road.PersonOf(AtCouncil));
        return road;
    }

    private static Patient Council() => new()
    {
        Id = "C1",
        Identifier = [Verified("9990000018")],
        Name = [new HumanName { Family = "Sample", Given = ["Ann"] }],
        BirthDate = "1950-01-02",
        Address = [new Address { Line = [$"1 {Secret}Council"], PostalCode = "N1 1AA" }],
        ManagingOrganization = new ResourceReference { Display = Secret + "Council" },
        Contact = [new Patient.ContactComponent { Name = new HumanName { Family = Secret + "Kin" } }],
        GeneralPractitioner = [new ResourceReference { Display = Secret + "Doctor" }],
    };

    private static Identifier Verified(string number) => new("https://fhir.nhs.uk/Id/nhs-number", number)
    {
        Extension =
        [
            new Extension(
                "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
                new CodeableConcept("https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus", "01")),
        ],
    };

    private static string Message(string trigger, string time, int control) => $@"MSH|^~\&|PAS|SITE|C|B|{time}||ADT^{trigger}|{control}|P|2.4";

    /// <summary>Every byte that leaves: the record, each card, each item and each of its versions.</summary>
    private static async Task<string> EverythingAsync(Road road, PatientId patient)
    {
        StringBuilder all = new();
        PersonRecord record = (await road.ReadAsync(patient))!;
        foreach (LinkedPatient linked in record.Patients)
        {
            all.AppendLine(Encoding.UTF8.GetString(linked.Json.Span)).Append(linked.LocalId);
        }

        // Items are asked for by their names as well, for a link may be known that no list shows.
        List<(string Type, string Id)> names = road.Query(
            "SELECT type, id, fhir_id FROM resource WHERE deleted = 0", row => (Canonbury.Fhir.Types.ResourceTypes.NameOf(row.Int(0)), row.TextOrNull(2) ?? row.Id(1).ToString("D")));
        foreach (RecordItem item in record.Items)
        {
            all.AppendLine(Encoding.UTF8.GetString(CardJson.Write(item.Card)));
        }

        foreach ((string type, string id) in names)
        {
            if (await road.ReadItemAsync(patient, type, id) is { } detail)
            {
                all.AppendLine(Encoding.UTF8.GetString(CardJson.Write(detail.Item.Card))).AppendLine(Encoding.UTF8.GetString(detail.Json.Span));
                foreach (ItemVersion version in detail.Versions)
                {
                    all.AppendLine(Encoding.UTF8.GetString(version.Json.Span));
                }
            }
        }

        return all.ToString();
    }
}
