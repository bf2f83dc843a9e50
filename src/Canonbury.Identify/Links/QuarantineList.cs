using Canonbury.Database;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Links;

/// <summary>A patient that is held back because two people may be mixed; names nobody.</summary>
public sealed record QuarantinedPatient(SourceId Source, string Reason, DateTimeOffset Since);

/// <summary>Lists what is in quarantine. It gives sources, reasons and times, nothing about a person, and so needs no grant.</summary>
public sealed class QuarantineList(RecordDatabase database)
{
    /// <summary>Everything in quarantine, oldest first, at most as many as asked for.</summary>
    public IReadOnlyList<QuarantinedPatient> All(int most)
    {
        using Session session = database.Open();
        return session.Query(
            """
            SELECT p.source, l.reason, l.begun_at FROM link l JOIN patient p ON p.bucket = l.bucket AND p.patient = l.patient
            WHERE l.state = 'quarantined' AND l.ended_at IS NULL ORDER BY l.begun_at LIMIT $1
            """,
            row => new QuarantinedPatient(new SourceId(row.Text(0)), row.Text(1), row.Time(2)), most);
    }

    /// <summary>What is in quarantine under an NHS number of one of these patients, or because its source merged it into one of them.</summary>
    public IReadOnlyList<QuarantinedPatient> About(IReadOnlyList<PatientId> patients)
    {
        using Session session = database.Open();
        Answer<string?>[] numbers = [.. patients.Select(patient => session.Ask(
            "SELECT nhs_number FROM patient WHERE bucket = $1 AND patient = $2", row => row.TextOrNull(0), patient.Bucket, patient.Value))];
        Answer<(Guid, QuarantinedPatient)>[] found = [.. numbers.SelectMany(answer => answer.Rows).OfType<string>().Distinct().Select(number => session.Ask(
            """
            SELECT p.patient, p.source, l.reason, l.begun_at FROM identifier i
            JOIN patient p ON p.bucket = i.bucket AND p.patient = i.patient
            JOIN link l ON l.bucket = i.bucket AND l.patient = i.patient
            WHERE i.value = $1 AND i.system = $2 AND p.nhs_number = $1 AND l.state = 'quarantined' AND l.ended_at IS NULL
            """,
            Held, number, NhsNumber.System))];
        Answer<(Guid, QuarantinedPatient)>[] merged = [.. patients.Select(patient => session.Ask(
            """
            SELECT p.patient, p.source, l.reason, l.begun_at FROM patient p JOIN link l ON l.bucket = p.bucket AND l.patient = p.patient
            WHERE p.replaced_by = $1 AND l.state = 'quarantined' AND l.ended_at IS NULL
            """,
            Held, patient.Value))];
        return [.. found.Concat(merged).SelectMany(answer => answer.Rows).DistinctBy(row => row.Item1).Select(row => row.Item2)];
    }

    private static (Guid Patient, QuarantinedPatient Held) Held(Row row) =>
        (row.Id(0), new QuarantinedPatient(new SourceId(row.Text(1)), row.Text(2), row.Time(3)));
}
