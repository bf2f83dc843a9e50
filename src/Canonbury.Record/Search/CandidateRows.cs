using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;
using Canonbury.Record.Writing;

namespace Canonbury.Record.Search;

/// <summary>Reads the rows that a search looks at, never more than its budget. Each method is one way to narrow.</summary>
internal sealed class CandidateRows(Session session, SearchBudget budget)
{
    private const string Live = "r.deleted = 0";

    /// <summary>By type and id.</summary>
    public List<Candidate> ByName(IEnumerable<(string Type, string Id)> names)
    {
        ResourceKey[] keys = [.. names.Select(name => ResourceKey.Of(name.Type, name.Id)).Distinct()];
        budget.Spend(keys.Length);
        if (budget.IsSpent)
        {
            return [];
        }

        (ResourceKey Key, Answer<(PatientId Owner, SourceId Source)> Place)[] places = [.. keys.Select(key => (key, PatientRows.Locate(session, key)))];
        return ByKey(places.Where(place => place.Place.Rows.Count > 0).Select(place => (place.Place.Rows[0].Owner, place.Key)));
    }

    /// <summary>Of these patients: their own rows of a type, and others' that are about them too.</summary>
    /// <param name="filter">Rows that it rules out are left out.</param>
    public List<Candidate> OfPatients(IEnumerable<PatientId> patients, string type, IReadOnlyList<ValuePredicate> filter)
    {
        int number = ResourceTypes.NumberOf(type);
        Answer<Candidate?>[] answers = [.. patients.Distinct().SelectMany(patient => new[]
        {
            session.Ask(
                $"SELECT {Candidate.Columns} FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND r.type = $3 AND {Live} LIMIT $4",
                row => Candidate.Read(row, filter), patient.Bucket, patient.Value, number, budget.Limit),
            session.Ask(
                $"""
                SELECT {Candidate.Columns} FROM mention m
                JOIN resource r ON r.bucket = m.owner_bucket AND r.patient = m.owner_patient AND r.type = m.type AND r.id = m.id
                WHERE m.bucket = $1 AND m.patient = $2 AND m.type = $3 AND {Live} LIMIT $4
                """,
                row => Candidate.Read(row, filter), patient.Bucket, patient.Value, number, budget.Limit),
        })];
        budget.Spend(answers.Sum(answer => answer.Rows.Count));
        return [.. answers.SelectMany(answer => answer.Rows).OfType<Candidate>().DistinctBy(candidate => candidate.Key)];
    }

    /// <summary>Of these patients: all that is theirs or about them too, in one read of each.</summary>
    public List<Candidate> OfPatients(IEnumerable<PatientId> patients)
    {
        Answer<Candidate>[] answers = [.. patients.Distinct().SelectMany(patient => new[]
        {
            session.Ask(
                $"SELECT {Candidate.Columns} FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND {Live} LIMIT $3",
                Candidate.Read, patient.Bucket, patient.Value, budget.Limit),
            session.Ask(
                $"""
                SELECT {Candidate.Columns} FROM mention m
                JOIN resource r ON r.bucket = m.owner_bucket AND r.patient = m.owner_patient AND r.type = m.type AND r.id = m.id
                WHERE m.bucket = $1 AND m.patient = $2 AND {Live} LIMIT $3
                """,
                Candidate.Read, patient.Bucket, patient.Value, budget.Limit),
        })];
        List<Candidate> found = [.. answers.SelectMany(answer => answer.Rows).DistinctBy(candidate => candidate.Key)];
        budget.Spend(found.Count);
        return found;
    }

    /// <summary>About nobody.</summary>
    public List<Candidate> OfNobody(string type, IReadOnlyList<ValuePredicate> filter) => OfPatients([PatientId.Nobody], type, filter);

    /// <summary>By an identifier, across all people.</summary>
    public List<Candidate> ByPosting(string type, IEnumerable<Posting> postings)
    {
        int number = ResourceTypes.NumberOf(type);
        Answer<(PatientId Owner, ResourceKey Key)>[] answers = [.. postings.Select(posting => session.Ask(
            "SELECT patient, type, id FROM posting WHERE parameter = $1 AND value = $2 AND type = $3 LIMIT $4",
            row => (new PatientId(row.Id(0)), new ResourceKey(row.Int(1), row.Id(2))), posting.Parameter, posting.Value, number, budget.Limit))];
        List<(PatientId, ResourceKey)> found = [.. answers.SelectMany(answer => answer.Rows).Distinct()];
        budget.Spend(found.Count);
        return budget.IsSpent ? [] : ByKey(found);
    }

    /// <summary>The <c>Patient</c> of each.</summary>
    public List<Candidate> PatientsOf(IEnumerable<PatientId> patients)
    {
        Answer<Candidate>[] answers = [.. patients.Distinct().Select(patient => session.Ask(
            $"SELECT {Candidate.Columns} FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND r.type = $3 AND {Live}",
            Candidate.Read, patient.Bucket, patient.Value, ResourceTypes.NumberOf("Patient")))];
        budget.Spend(answers.Length);
        return [.. answers.SelectMany(answer => answer.Rows)];
    }

    /// <summary>All of a type in the order of the store, a stretch of buckets at a time, wider as long as they hold little.</summary>
    /// <param name="after">Only what comes after this place; null for everything.</param>
    /// <param name="filter">Rows that it rules out are left out.</param>
    public IEnumerable<Candidate> All(string type, RowKey? after, IReadOnlyList<ValuePredicate> filter)
    {
        const int Few = 500;
        int number = ResourceTypes.NumberOf(type);
        int width = 1;
        for (int bucket = after?.Bucket ?? 0; bucket < PatientId.BucketCount && !budget.IsSpent;)
        {
            List<Candidate?> found = session.Query(
                $"""
                SELECT {Candidate.Columns} FROM resource r
                WHERE r.bucket >= $1 AND r.bucket < $2 AND r.type = $3 AND {Live} ORDER BY r.bucket, r.patient, r.type, r.id LIMIT $4
                """,
                row => Candidate.Read(row, filter), bucket, bucket + width, number, budget.Limit);
            budget.Spend(found.Count);
            foreach (Candidate candidate in found.OfType<Candidate>())
            {
                if (after is not { } place || RowKey.Compare(candidate.Key, place) > 0)
                {
                    yield return candidate;
                }
            }

            bucket += width;
            width = found.Count < Few ? width * 2 : 1;
        }
    }

    private List<Candidate> ByKey(IEnumerable<(PatientId Owner, ResourceKey Key)> keys)
    {
        Answer<Candidate>[] answers = [.. keys.Select(key => session.Ask(
            $"SELECT {Candidate.Columns} FROM resource r WHERE r.bucket = $1 AND r.patient = $2 AND r.type = $3 AND r.id = $4 AND {Live}",
            Candidate.Read, key.Owner.Bucket, key.Owner.Value, key.Key.Type, key.Key.Id))];
        return [.. answers.SelectMany(answer => answer.Rows)];
    }
}
