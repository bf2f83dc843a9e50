using Canonbury.Database;
using Canonbury.Fhir.Grants;

namespace Canonbury.Identify.Find;

/// <summary>
/// Finds people by NHS number, local number, name (in any order, misspelt) and birth date. All patients that are linked to one person
/// are one hit. Works with a grant to find people, or with a grant for one person, whom alone it then finds.
/// </summary>
public sealed class PersonFinder(RecordDatabase database)
{
    private const double Good = 0.8;
    private const double Floor = 0.6;

    /// <summary>How many people are compared by birth date when none who was born then fits the name.</summary>
    private const int Compared = 60;

    /// <summary>The best hits first, at most <see cref="PersonQuery.Limit"/>; none for a query without words, numbers or date.</summary>
    /// <exception cref="ArgumentException">The grant is for something else: a bug of the caller.</exception>
    public Task<IReadOnlyList<PersonHit>> FindAsync(AccessGrant grant, PersonQuery query, CancellationToken cancellation)
    {
        if (grant.Scope is not (GrantScope.Find or GrantScope.Person))
        {
            throw new ArgumentException($"A grant of scope {grant.Scope} does not allow finding people.", nameof(grant));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        return Task.Run(() => Find(grant, query), cancellation);
    }

    private IReadOnlyList<PersonHit> Find(AccessGrant grant, PersonQuery query)
    {
        FindText typed = FindText.Parse(query.Text, query.BirthDate);
        using Session session = database.Open();
        FindPeople people = new(session, grant.Scope == GrantScope.Person ? grant.Person : null);
        FindCandidates candidates = new(session, typed);
        IReadOnlyCollection<FindCandidate> numbered = candidates.ByNumber();
        if (numbered.Count > 0 || typed.BirthDate is not { } born)
        {
            return [.. Sorted(people.Of(Sorted(numbered.Count > 0 ? numbered : candidates.ByName(query.Limit)), query.Limit))];
        }

        IReadOnlyCollection<FindCandidate> found = candidates.ByBirthDate(born);
        if (typed.Words.Count > 0 && !found.Any(candidate => candidate.Score >= Good))
        {
            found = candidates.ByName(Compared);
        }

        IEnumerable<PersonHit> weighed = people.Of(Sorted(found), Math.Max(Compared, query.Limit)).Select(hit => hit with { Score = hit.Score * Fit(hit.BirthDate, born) });
        return [.. Sorted(weighed).Take(query.Limit)];
    }

    private static IEnumerable<FindCandidate> Sorted(IEnumerable<FindCandidate> candidates) => candidates
        .Where(candidate => candidate.Score >= Floor)
        .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).ThenBy(candidate => candidate.Patient);

    private static IEnumerable<PersonHit> Sorted(IEnumerable<PersonHit> hits) => hits
        .Where(hit => hit.Score >= Floor)
        .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Name, StringComparer.Ordinal).ThenBy(hit => hit.BirthDate).ThenBy(hit => hit.Person.Value);

    /// <summary>A birth date that was typed and does not fit counts against a hit, as much as it is off.</summary>
    private static double Fit(DateOnly? date, DateOnly typed)
    {
        if (date is not { } born)
        {
            return 0.85;
        }

        if (born == typed)
        {
            return 1;
        }

        bool isSwapped = born.Year == typed.Year && born.Month == typed.Day && born.Day == typed.Month;
        int same = (born.Year == typed.Year ? 1 : 0) + (born.Month == typed.Month ? 1 : 0) + (born.Day == typed.Day ? 1 : 0);
        return isSwapped ? 0.93 : same == 2 ? 0.9 : 0.7;
    }
}
