using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;

namespace Canonbury.Database.Tests.Identify.Find;

/// <summary>Writes patients as linking does, for tests of finding: each row, its identifiers, its link and its search rows.</summary>
internal sealed class FindBorough(Session session)
{
    public PersonId Person { get; private set; }

    public static PersonId NewPerson() => new(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));

    public FindBorough Add(
        PersonId person, string source, string localId, string family, string given, string? born, string? nhsNumber = null, bool sensitive = false)
    {
        Person = person;
        PatientId patient = PatientId.Of(new SourceId(source), localId);
        session.Write(
            """
            INSERT INTO patient (bucket, patient, source, local_id, nhs_number, nhs_verified, family, given, birth_date, gender, address, postcode, deceased, sensitive)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'female', '1 High Street', 'N1 1AA', 0, $10)
            """,
            patient.Bucket, patient.Value, source, localId, nhsNumber, nhsNumber is null ? 0 : 1, family, given, born, sensitive ? 1 : 0);
        AddIdentifier(patient, localId[(localId.LastIndexOf('|') + 1)..], "local");
        if (nhsNumber is not null)
        {
            AddIdentifier(patient, nhsNumber, "https://fhir.nhs.uk/Id/nhs-number");
        }

        session.Write(
            """
            INSERT INTO link (bucket, patient, version, person, state, grade, model, reason, decider, supports, begun_at, begun_position)
            VALUES ($1, $2, 1, $3, 'linked', 'certain', 'test', 'test', 'test', '', 0, 0)
            """,
            patient.Bucket, patient.Value, person.Value);
        session.Write(
            "INSERT INTO person_patient (person, patient, bucket, source, state) VALUES ($1, $2, $3, $4, 'linked')", person.Value, patient.Value, patient.Bucket, source);
        FindIndex.Write(session, patient, null, new FindFacts([new FindName(family, given)], born));
        return this;
    }

    private void AddIdentifier(PatientId patient, string value, string system) => session.Write(
        "INSERT INTO identifier (value, system, bucket, patient) VALUES ($1, $2, $3, $4)", value, system, patient.Bucket, patient.Value);
}
