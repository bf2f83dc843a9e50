using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Links;

/// <summary>
/// Says which patients are one person now. It gives ids only, for the decision whether someone may read and for the audit of it; it
/// gives nothing about the person, and so needs no grant.
/// </summary>
public sealed class CurrentLinks(RecordDatabase database)
{
    /// <summary>The person that a patient is linked to; null where it is linked to nobody.</summary>
    public ValueTask<PersonId?> PersonOfAsync(PatientId patient, CancellationToken cancellation)
    {
        using Session session = database.Open();
        List<Guid> found = session.Query(
            "SELECT person FROM link WHERE bucket = $1 AND patient = $2 AND ended_at IS NULL ORDER BY version DESC LIMIT 1",
            row => row.Id(0),
            patient.Bucket,
            patient.Value);
        return ValueTask.FromResult<PersonId?>(found.Count > 0 ? new PersonId(found[0]) : null);
    }

    /// <summary>The patients that are linked to a person.</summary>
    public ValueTask<IReadOnlyList<PatientId>> PatientsOfAsync(PersonId person, CancellationToken cancellation)
    {
        using Session session = database.Open();
        return ValueTask.FromResult<IReadOnlyList<PatientId>>(session.Query(
            "SELECT patient FROM person_patient WHERE person = $1 ORDER BY patient", row => new PatientId(row.Id(0)), person.Value));
    }
}
