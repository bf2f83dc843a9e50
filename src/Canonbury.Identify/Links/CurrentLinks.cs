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

    /// <summary>The patients that are the same person as this one, itself among them.</summary>
    public IReadOnlyList<PatientId> LinkedTo(PatientId patient)
    {
        using Session session = database.Open();
        return [.. session.Query(
            """
            SELECT p.patient FROM link l JOIN person_patient p ON p.person = l.person
            WHERE l.bucket = $1 AND l.patient = $2 AND l.ended_at IS NULL
            """,
            row => new PatientId(row.Id(0)), patient.Bucket, patient.Value).Append(patient).Distinct()];
    }

    /// <summary>True where nobody may see the patient until someone has decided who it is.</summary>
    public bool IsQuarantined(PatientId patient)
    {
        using Session session = database.Open();
        return session.Query(
            "SELECT state FROM link WHERE bucket = $1 AND patient = $2 AND ended_at IS NULL ORDER BY version DESC LIMIT 1",
            row => row.Text(0), patient.Bucket, patient.Value) is [LinkStates.Quarantined];
    }

    /// <summary>True where one of the patients that are the same person carries a label that restricts: then all are masked (design, rule 3).</summary>
    public bool IsRestricted(PatientId patient)
    {
        IReadOnlyList<PatientId> linked = LinkedTo(patient);
        using Session session = database.Open();
        Answer<bool>[] labels = [.. linked.Select(one => session.Ask(
            "SELECT sensitive FROM patient WHERE bucket = $1 AND patient = $2", row => row.Flag(0), one.Bucket, one.Value))];
        return labels.Any(label => label.Single);
    }
}
