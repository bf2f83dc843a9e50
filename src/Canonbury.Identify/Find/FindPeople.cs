using System.Globalization;
using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Find;

/// <summary>Turns patients that were found into people: one hit for all patients that are linked to one person.</summary>
/// <param name="only">The only person that may be shown; null for all.</param>
internal sealed class FindPeople(Session session, PersonId? only)
{
    private const int Chunk = 40;

    /// <param name="candidates">The best first.</param>
    /// <param name="limit">How many people at most.</param>
    public IEnumerable<PersonHit> Of(IEnumerable<FindCandidate> candidates, int limit)
    {
        Dictionary<Guid, double> scores = [];
        foreach (FindCandidate[] chunk in candidates.Chunk(Chunk))
        {
            Answer<Guid>[] people = [.. chunk.Select(candidate => session.Ask(
                "SELECT person FROM link WHERE bucket = $1 AND patient = $2 AND ended_at IS NULL AND state <> 'quarantined' ORDER BY version DESC LIMIT 1",
                row => row.Id(0), candidate.Bucket, candidate.Patient))];
            for (int i = 0; i < chunk.Length && scores.Count < limit; i++)
            {
                if (people[i].Rows is [Guid person, ..] && (only is null || only.Value.Value == person))
                {
                    scores.TryAdd(person, chunk[i].Score);
                }
            }

            if (scores.Count >= limit)
            {
                break;
            }
        }

        return Read(scores);
    }

    private List<PersonHit> Read(Dictionary<Guid, double> scores)
    {
        (Guid Person, Answer<Guid> Patients)[] people = [.. scores.Keys.Select(person => (person, session.Ask(
            "SELECT patient FROM person_patient WHERE person = $1", row => row.Id(0), person)))];
        (Guid Person, Answer<Found>[] Rows)[] rows = [.. people.Select(person => (person.Person, person.Patients.Rows.Select(Ask).ToArray()))];
        List<PersonHit> hits = [];
        foreach ((Guid person, Answer<Found>[] answers) in rows)
        {
            Found[] patients = [.. answers.SelectMany(answer => answer.Rows)
                .OrderBy(patient => patient.IsReplaced).ThenByDescending(patient => patient.NhsVerified)
                .ThenByDescending(patient => patient.NhsNumber is not null).ThenByDescending(patient => patient.BirthDate is not null)
                .ThenBy(patient => patient.Source.Value, StringComparer.Ordinal).ThenBy(patient => patient.LocalId, StringComparer.Ordinal)];
            if (patients.Length > 0)
            {
                hits.Add(Hit(new PersonId(person), patients, scores[person]));
            }
        }

        return hits;
    }

    private Answer<Found> Ask(Guid patient) => session.Ask(
        """
        SELECT source, local_id, nhs_number, nhs_verified, family, given, birth_date, gender, address, postcode, deceased, sensitive, replaced_by
        FROM patient WHERE bucket = $1 AND patient = $2
        """,
        row => new Found(
            new PatientId(patient), new SourceId(row.Text(0)), row.Text(1), row.TextOrNull(2), row.Flag(3), row.TextOrNull(4), row.TextOrNull(5), row.TextOrNull(6), row.TextOrNull(7),
            row.TextOrNull(8), row.TextOrNull(9), row.Flag(10), row.Flag(11), !row.IsNull(12)),
        new PatientId(patient).Bucket, patient);

    private static PersonHit Hit(PersonId person, Found[] patients, double score)
    {
        string[] names = [.. patients.Select(patient => patient.Name).Where(name => name.Length > 0)
            .DistinctBy(NameFolding.Fold, StringComparer.Ordinal)];

        // Restrictions are the union over the linked patients (design, rule 3).
        bool isSensitive = patients.Any(patient => patient.Sensitive);
        Found? lives = isSensitive ? null : patients.FirstOrDefault(patient => patient.Address is not null || patient.Postcode is not null);
        Found? numbered = patients.FirstOrDefault(patient => patient.NhsNumber is not null);
        return new PersonHit(
            person, names.FirstOrDefault() ?? "", patients.Select(patient => Date(patient.BirthDate)).FirstOrDefault(date => date is not null),
            patients.Select(patient => patient.Gender).FirstOrDefault(gender => gender is not null), numbered?.NhsNumber, numbered?.NhsVerified ?? false,
            lives?.Address, lives?.Postcode, patients.Any(patient => patient.Deceased),
            [.. patients.Where(patient => patient.Number is not null).Select(patient => (patient.Source, patient.Number!)).Distinct()], score)
        {
            OtherNames = [.. names.Skip(1)],
            Patients = [.. patients.Select(patient => patient.Id)],
        };
    }

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;

    /// <summary>One patient's row.</summary>
    private sealed record Found(
        PatientId Id, SourceId Source, string LocalId, string? NhsNumber, bool NhsVerified, string? Family, string? Given, string? BirthDate, string? Gender,
        string? Address, string? Postcode, bool Deceased, bool Sensitive, bool IsReplaced)
    {
        /// <summary>As people read it: SMITH, Anna Maria.</summary>
        public string Name => string.Join(", ", new[] { Family?.ToUpperInvariant(), Given }.Where(part => !string.IsNullOrWhiteSpace(part)));

        /// <summary>The number without the authority that the key may hold; null where the source knows the patient by NHS number only.</summary>
        public string? Number => LocalId.StartsWith("NHS|", StringComparison.Ordinal) ? null : LocalId[(LocalId.LastIndexOf('|') + 1)..];
    }
}
