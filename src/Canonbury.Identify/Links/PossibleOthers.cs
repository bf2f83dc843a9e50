using Canonbury.Database;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Links;

/// <summary>
/// Says which sources hold a record that may be a person's and is not linked to the person: another patient with one of the person's NHS
/// numbers (hazard 2). It gives sources, nothing about anybody, and so needs no grant. What is in quarantine is not among them:
/// <see cref="QuarantineList"/> has it.
/// </summary>
public sealed class PossibleOthers(RecordDatabase database)
{
    /// <param name="patients">The patients that are the person now.</param>
    /// <returns>Each source once, in the order of their codes.</returns>
    public IReadOnlyList<SourceId> About(PersonId person, IReadOnlyList<PatientId> patients)
    {
        using Session session = database.Open();
        Answer<string?>[] numbers = [.. patients.Select(patient => session.Ask(
            "SELECT nhs_number FROM patient WHERE bucket = $1 AND patient = $2", row => row.TextOrNull(0), patient.Bucket, patient.Value))];
        Answer<SourceId>[] found = [.. numbers.SelectMany(answer => answer.Rows).OfType<string>().Distinct().Select(number => session.Ask(
            """
            SELECT p.source FROM identifier i
            JOIN patient p ON p.bucket = i.bucket AND p.patient = i.patient
            JOIN link l ON l.bucket = i.bucket AND l.patient = i.patient
            WHERE i.value = $1 AND i.system = $2 AND l.state <> 'quarantined' AND l.ended_at IS NULL AND l.person <> $3
            """,
            row => new SourceId(row.Text(0)), number, NhsNumber.System, person.Value))];
        return [.. found.SelectMany(answer => answer.Rows).Distinct().OrderBy(source => source.Value, StringComparer.Ordinal)];
    }
}
