using System.Text;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;

namespace Canonbury.Server.Tests.Pages;

/// <summary>A person that does not exist, with a history in three sources, for tests of the pages.</summary>
public static class MadeUpRecord
{
    public static readonly DateTimeOffset Now = new(2024, 5, 20, 9, 30, 0, TimeSpan.Zero);
    public static readonly PersonId Person = new(new Guid("018f0000-0000-7000-8000-000000000001"));
    public static readonly SourceId Gp = new("gp");
    public static readonly SourceId Hospital = new("hospital");
    public static readonly SourceId Council = new("council");

    public static readonly IReadOnlyList<SourceStanding> Sources =
    [
        new("gp", "Riverside Surgery GP system", "Riverside Surgery (F83999)", Now.AddHours(-2), TimeSpan.FromDays(1)),
        new("hospital", "Northern Hospital PAS", "Northern Hospital (RZZ99)", Now.AddMinutes(-4), TimeSpan.FromHours(1)),
        new("council", "Borough social care", "Canonbury Borough Council", Now.AddHours(-20), TimeSpan.FromDays(1)),
    ];

    public static readonly RecordLinks Links = new("/record/made-up");

    public static RecordView View(
        IEnumerable<RecordItem> items, IReadOnlySet<Section>? allowed = null, IReadOnlyList<SourceStanding>? sources = null) =>
        RecordView.Build(Of([.. items]), allowed, sources ?? Sources, Now);

    public static PersonRecord Of(IReadOnlyList<RecordItem> items, IReadOnlyList<NotYetUsable>? waiting = null) =>
        new(Person, [Patient(Gp, GpPatient), Patient(Hospital, HospitalPatient)], items, waiting ?? [], 0);

    public static LinkedPatient Patient(SourceId source, string json) =>
        new(PatientId.Of(source, "1"), source, source == Gp ? "4471" : "H0012345", Encoding.UTF8.GetBytes(json), Now.AddHours(-3));

    public static RecordItem Item(Card card, string type = "Condition", SourceId? source = null, string? id = null, int version = 1) => new(
        type,
        id ?? ResourceIds.FhirId(Gp, type, card.Title + card.When + card.Value),
        PatientId.Of(source ?? Gp, "1"),
        source ?? Gp,
        version,
        version,
        Now.AddDays(-1),
        Now.AddDays(-1).AddMinutes(1),
        new Guid("018f0000-0000-7000-8000-0000000000aa"),
        card);

    public static RecordItem Result(
        string title, decimal value, string unit, string when, decimal? low = null, decimal? high = null, string? mark = null) => Item(
        new Card
        {
            Section = Section.Results, Title = title, System = "http://loinc.org", Code = title,
            Group = $"http://loinc.org|{title}", Value = value,
            Unit = unit, UnitCode = unit, When = when, Low = low, High = high, Interpretation = mark, Status = "final",
        },
        "Observation",
        Hospital);

    /// <summary>Something in most sections.</summary>
    public static IReadOnlyList<RecordItem> Full =>
    [
        Item(
            new Card
            {
                Section = Section.Problems, Title = "Type 2 diabetes mellitus", System = "http://snomed.info/sct",
                Code = "44054006", OriginalText = "T2DM", Status = "active", When = "2011-03", Recorded = "2011-03-14",
            }),
        Item(new Card { Section = Section.Problems, Title = "Asthma", Status = "active", Verification = "provisional", When = "1998" }),
        Item(
            new Card
            {
                Section = Section.Problems, Title = "Appendicitis", Status = "resolved", When = "1976-08-02",
                Until = "1976-08-20",
            }),
        Item(
            new Card
            {
                Section = Section.Medicines, Title = "Metformin 500 mg tablets", Text = "One twice a day with food",
                Status = "active", When = "2011-04-01",
            },
            "MedicationStatement"),
        Item(
            new Card
            {
                Section = Section.Medicines, Title = "Salbutamol 100 micrograms inhaler", Text = "Two puffs when needed",
                Status = "active", When = "2019-10-11",
            },
            "MedicationStatement"),
        Item(
            new Card
            {
                Section = Section.Medicines, Title = "Amoxicillin 500 mg capsules", Text = "One three times a day",
                Status = "completed", When = "2023-01-03",
            },
            "MedicationStatement"),
        Item(
            new Card
            {
                Section = Section.Allergies, Title = "Penicillin", Text = "Rash", Severity = "high", Status = "active",
                Recorded = "2004-06-01",
            },
            "AllergyIntolerance"),
        Item(
            new Card { Section = Section.Alerts, Title = "Lives alone, key safe at door", Status = "active", When = "2022-02-02" },
            "Flag", Council),
        Item(
            new Card
            {
                Section = Section.Alerts, Title = "Needs letters in large print", Text = "Reasonable adjustment",
                Status = "active", When = "2022-02-02",
            },
            "Flag"),
        .. Results,
        Item(
            new Card
            {
                Section = Section.Results, Title = "Full blood count", Text = "No action needed", Status = "final",
                When = "2024-05-12T08:15:00+01:00", Author = "Dr N Osei",
            },
            "DiagnosticReport", Hospital),
        Item(
            new Card
            {
                Section = Section.Measurements, Title = "Blood pressure", Text = "systolic 138 mmHg, diastolic 82 mmHg", When = "2024-05-01",
                Group = "bp",
            },
            "Observation",
            Hospital),
        Item(
            new Card
            {
                Section = Section.Encounters, Title = "Emergency admission", Place = "Ward 7, Northern Hospital",
                Status = "finished", When = "2024-05-11T21:40:00+01:00", Until = "2024-05-14T15:00:00+01:00",
                Author = "Dr N Osei",
            },
            "Encounter", Hospital),
        Item(
            new Card
            {
                Section = Section.Appointments, Title = "Diabetic eye screening", Place = "Clinic 3", Status = "booked",
                When = "2024-06-03T10:20:00+01:00",
            },
            "Appointment", Hospital),
        Item(
            new Card
            {
                Section = Section.Documents, Title = "Discharge summary", Group = "letter-1", Status = "current",
                When = "2024-05-15", Author = "Dr N Osei",
            },
            "DocumentReference", Hospital, version: 2),
        Item(
            new Card
            {
                Section = Section.Documents, Title = "Discharge summary", Group = "letter-1", Status = "superseded",
                When = "2024-05-14", Author = "Dr N Osei",
            },
            "DocumentReference", Hospital),
        Item(
            new Card
            {
                Section = Section.SocialCare, Title = "Home care, morning visit", Text = "Seven days a week", Status = "active",
                When = "2023-11-01",
            },
            "ServiceRequest", Council),
    ];

    private static IEnumerable<RecordItem> Results =>
    [
        Result("Haemoglobin", 131, "g/L", "2023-02-01", 120, 160),
        Result("Haemoglobin", 11.4m, "g/dL", "2023-09-12", 12, 16, "L"),
        Result("Haemoglobin", 109, "g/L", "2024-05-12T08:15:00+01:00", 120, 160, "L"),
        Result("Potassium", 4.4m, "mmol/L", "2024-05-12T08:15:00+01:00", 3.5m, 5.3m),
        Result("Glucose", 14.2m, "mmol/L", "2024-05-12T08:15:00+01:00", 4, 7.8m),
    ];

    private const string GpPatient = """
        {
          "resourceType": "Patient", "id": "p1",
          "identifier": [{
            "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018",
            "extension": [{
              "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
              "valueCodeableConcept": { "coding": [{ "code": "01" }] }
            }]
          }],
          "name": [{ "use": "official", "family": "Okafor", "given": ["Ngozi", "Mary"], "prefix": ["Mrs"] }],
          "gender": "female", "birthDate": "1952-02-29",
          "address": [{ "use": "home", "line": ["14 Compton Terrace"], "city": "London", "postalCode": "N1 9ZZ" }],
          "telecom": [{ "system": "phone", "value": "020 7946 0018" }],
          "generalPractitioner": [{ "display": "Riverside Surgery", "identifier": { "value": "F83999" } }],
          "communication": [{ "language": { "coding": [{ "code": "ig", "display": "Igbo" }] } }]
        }
        """;

    private const string HospitalPatient = """
        {
          "resourceType": "Patient", "id": "p2",
          "name": [{ "family": "Okafor", "given": ["Ngozi"] }],
          "gender": "female", "birthDate": "1952-02-28"
        }
        """;
}
