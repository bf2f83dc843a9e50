using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Patients;

namespace Canonbury.Identify.Links;

/// <summary>The link that holds for a patient now.</summary>
internal sealed record CurrentLink(int Version, PersonId Person, string State, DateTimeOffset BegunAt);

/// <summary>A link as it is decided.</summary>
/// <param name="Supports">The patients that the decision rests on.</param>
internal sealed record NewLink(PersonId Person, string State, string Grade, double? Score, string Reason, IReadOnlyList<PatientId> Supports);

/// <summary>Reads and writes links. A row is never overwritten: it ends, and the next version says what holds instead.</summary>
internal static class LinkRows
{
    /// <summary>Names the rules that decided, so that a later version can say which links it would decide otherwise.</summary>
    private const string Model = "nhs-number-2";

    public static List<PatientId> PatientsOf(Session session, PersonId person) => session.Query(
        "SELECT patient FROM person_patient WHERE person = $1 ORDER BY patient", row => new PatientId(row.Id(0)), person.Value);

    /// <summary>Ends the link that holds and writes the new one. The key refuses a version that somebody else wrote in the meantime.</summary>
    /// <param name="position">The commit position of the patient's bucket.</param>
    public static void Write(Session session, KnownPatient patient, NewLink next, long position, DateTimeOffset now)
    {
        PatientId id = patient.Patient;
        if (patient.Link is { } current)
        {
            session.Write(
                "UPDATE link SET ended_at = $1, ended_position = $2 WHERE bucket = $3 AND patient = $4 AND version = $5",
                now, position, id.Bucket, id.Value, current.Version);
            session.Write("DELETE FROM person_patient WHERE person = $1 AND patient = $2", current.Person.Value, id.Value);
        }

        session.Write(
            """
            INSERT INTO link (bucket, patient, version, person, state, grade, score, model, reason, decider, supports, begun_at, begun_position)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'matching', $10, $11, $12)
            """,
            id.Bucket, id.Value, (patient.Link?.Version ?? 0) + 1, next.Person.Value, next.State, next.Grade, next.Score, Model, next.Reason,
            string.Join(' ', next.Supports), now, position);
        if (next.State != LinkStates.Quarantined)
        {
            session.Write(
                "INSERT INTO person_patient (person, patient, bucket, source, state) VALUES ($1, $2, $3, $4, $5)",
                next.Person.Value, id.Value, id.Bucket, patient.Source.Value, next.State);
        }
    }
}
