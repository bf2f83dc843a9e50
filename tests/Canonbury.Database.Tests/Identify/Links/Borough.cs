using Canonbury.Fhir.Ids;
using Hl7.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Identify.Links;

/// <summary>What a source says about one of its patients, for tests of linking; every person is made up.</summary>
internal sealed record SaidOf(string Source, string LocalId)
{
    public string? Number { get; init; } = "9990000018";

    public bool Verified { get; init; } = true;

    public string Family { get; init; } = "Sample";

    public string Given { get; init; } = "Ann";

    public string? Born { get; init; } = "1950-04-12";

    public string? Postcode { get; init; } = "N1 1AA";

    public string? ReplacedBy { get; init; }

    /// <summary>Its FHIR id, as its source keeps it: no two sources' are the same.</summary>
    public string Id => $"{Source}.{LocalId}";

    public PatientId Patient => PatientId.Of(new SourceId(Source), Id);

    public Patient Resource()
    {
        Patient patient = new()
        {
            Id = Id,
            Identifier = [new Identifier("urn:local:" + Source, LocalId)],
            Name = [new HumanName { Family = Family, Given = [Given] }],
            BirthDate = Born,
            Address = [new Address { PostalCode = Postcode }],
        };
        if (Number is not null)
        {
            Identifier number = new("https://fhir.nhs.uk/Id/nhs-number", Number);
            if (Verified)
            {
                number.Extension.Add(new Extension(
                    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
                    new CodeableConcept("https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus", "01")));
            }

            patient.Identifier.Add(number);
        }

        if (ReplacedBy is not null)
        {
            patient.Link.Add(new Patient.LinkComponent { Other = new ResourceReference($"Patient/{Source}.{ReplacedBy}"), Type = Hl7.Fhir.Model.Patient.LinkType.ReplacedBy });
        }

        return patient;
    }
}

/// <summary>One version of a link.</summary>
internal sealed record LinkVersion(int Version, PersonId Person, string State, string Grade, string Reason, bool Ended);

internal static class Borough
{
    public static Task SayAsync(this Road road, SaidOf said) => road.PushAsync(said.Source, said.Patient, said.Resource());

    /// <summary>Every version of a patient's link, oldest first.</summary>
    public static List<LinkVersion> LinksOf(this Road road, PatientId patient) => road.Query(
        "SELECT version, person, state, grade, reason, ended_at FROM link WHERE bucket = $1 AND patient = $2 ORDER BY version",
        row => new LinkVersion(row.Int(0), new PersonId(row.Id(1)), row.Text(2), row.Text(3), row.Text(4), !row.IsNull(5)), patient.Bucket, patient.Value);

    public static string StateOf(this Road road, PatientId patient) => road.LinksOf(patient)[^1].State;

    /// <summary>
    /// Who is one person with whom, in words that hold whatever the ids are; it also checks that what can be seen (person_patient) says the same as the
    /// links, and that each patient has exactly one link that holds.
    /// </summary>
    public static string People(this Road road)
    {
        List<(Guid Person, Guid Patient, string State)> links = road.Query(
            "SELECT person, patient, state FROM link WHERE ended_at IS NULL", row => (row.Id(0), row.Id(1), row.Text(2)));
        List<(Guid, Guid, string)> seen = road.Query("SELECT person, patient, state FROM person_patient", row => (row.Id(0), row.Id(1), row.Text(2)));
        Xunit.Assert.Equal(links.Where(link => link.State != "quarantined").Order(), seen.Order());
        Xunit.Assert.Equal(links.Count, links.Select(link => link.Patient).Distinct().Count());
        Xunit.Assert.Equal(road.Query("SELECT count(*) FROM patient", row => row.Int(0))[0], links.Count);
        Dictionary<Guid, string> names = road.Query("SELECT patient, source, local_id FROM patient", row => KeyValuePair.Create(row.Id(0), $"{row.Text(1)}/{row.Text(2)}")).ToDictionary();
        return string.Join("; ", links
            .GroupBy(link => link.Person)
            .Select(person => string.Join("+", person.Select(link => $"{names[link.Patient]}{(link.State == "linked" ? "" : " " + link.State)}").Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal));
    }
}
