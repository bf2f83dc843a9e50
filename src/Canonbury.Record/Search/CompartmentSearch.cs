using Canonbury.Database;
using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Index;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Search.Values;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Search;

/// <summary>What is wanted of everything about a person. https://hl7.org/fhir/R4/patient-operation-everything.html</summary>
/// <param name="Types">Null for every type.</param>
/// <param name="Since">Changed at this time or later.</param>
/// <param name="During">The time of care; what has no such time is always in.</param>
/// <param name="Linked">Whether every patient linked to the same person is meant.</param>
/// <param name="Count">Resources on a page; null for all.</param>
public sealed record EverythingQuery(IReadOnlySet<string>? Types, DateTimeOffset? Since, DateRange? During, bool Linked, int? Count);

/// <summary>
/// Reads everything about one person: the rows of the patients linked to it, and the people, places and products about nobody that they refer to.
/// </summary>
public sealed class CompartmentSearch(RecordDatabase database, SearchRooms rooms, TimeProvider time)
{
    /// <summary>The parameter that says when care took place, by what types have: the first of these.</summary>
    private static readonly string[] TimesOfCare =
        ["date", "period", "onset-date", "authoredon", "effective", "effective-time", "occurrence", "recorded-date", "authored", "sent", "started", "created", "start-date"];

    /// <summary>The patient resources first, then what is about them, then what they refer to.</summary>
    /// <param name="patients">Whom it is about: the patient asked for, or those of a person.</param>
    public SearchAnswer Everything(AccessGrant grant, IReadOnlyList<PatientId> patients, EverythingQuery query, PagePosition? after)
    {
        using Session session = database.Open();
        SearchBudget budget = SearchBudget.Usual(time);
        Sight sight = new(grant, rooms.StandingOf);
        CandidateRows rows = new(session, budget);
        IEnumerable<PatientId> all = query.Linked ? patients.SelectMany(patient => rooms.LinkedTo(patient)).Distinct() : patients;
        List<Candidate> own = [.. rows.OfPatients(all).Select(sight.Of).OfType<Candidate>()];
        List<Predicate> predicates = Predicates(query);
        HashSet<(string, string)> supporting = [.. own.SelectMany(candidate => IndexReferences.Of(candidate.Values)).Where(IsAboutNobody).Select(reference => (reference.Type!, reference.Id!))];
        IEnumerable<Candidate> others = rows.ByName(supporting).Where(candidate => candidate.Owner == PatientId.Nobody).Select(sight.Of).OfType<Candidate>();

        Ranked[] wanted = [.. own.Concat(others)
            .Where(candidate => (query.Types is null || query.Types.Contains(candidate.Type)) && predicates.TrueForAll(predicate => predicate.Matches(candidate.Values)))
            .Where(candidate => query.During is not { } during || Took(candidate, during))
            .Select(candidate => new Ranked(candidate, candidate.Type == "Patient" ? 0 : candidate.Owner != PatientId.Nobody ? 1 : 2))
            .Order(Comparer<Ranked>.Create(Ranked.Compare))];
        if (budget.Problem is { } problem)
        {
            return new SearchAnswer(null, problem);
        }

        Ranked[] rest = after is null ? wanted : [.. wanted.Where(one => Ranked.Compare(one.Rank, one.Candidate.Key, after) > 0)];
        Ranked[] page = query.Count is { } count ? [.. rest.Take(count)] : rest;
        PagePosition? next = page.Length > 0 && page.Length < rest.Length ? page[^1].Position : null;
        return new SearchAnswer(new SearchPage([.. page.Select(one => one.Candidate.ToResource())], [], next, wanted.Length), null);
    }

    /// <summary>The <c>Patient</c> of each of these that the grant shows.</summary>
    public IReadOnlyList<OwnResource> PatientsOf(AccessGrant grant, IReadOnlyList<PatientId> patients)
    {
        using Session session = database.Open();
        Sight sight = new(grant, rooms.StandingOf);
        return [.. new CandidateRows(session, SearchBudget.Usual(time)).PatientsOf(patients).Select(sight.Of).OfType<Candidate>().Select(candidate => candidate.ToResource())];
    }

    private static bool IsAboutNobody(SearchValue.Reference reference) => NobodyTypes.Allows(reference.Type!);

    private static List<Predicate> Predicates(EverythingQuery query) => query.Since is not { } since
        ? []
        : [new ValuePredicate(SearchParameters.Common.First(parameter => parameter.Name == "_lastUpdated"), [new DateTerm(Prefix.Ge, DateRange.At(since))])];

    private static bool Took(Candidate candidate, DateRange during)
    {
        SearchParameter? parameter = TimesOfCare.Select(name => SearchParameters.Find(candidate.Type, name)).FirstOrDefault(found => found is { Kind: Hl7.Fhir.Model.SearchParamType.Date });
        IReadOnlyList<SearchValue> times = parameter is null ? [] : candidate.Values.Stored(parameter);
        return times.Count == 0 || times.OfType<SearchValue.Date>().Any(date => date.Range.First <= during.Last && date.Range.Last >= during.First);
    }

    private readonly record struct Ranked(Candidate Candidate, int Rank)
    {
        public PagePosition Position => new(Candidate.Key, [new SortValue(Rank, null)]);

        public static int Compare(Ranked one, Ranked other) => Compare(one.Rank, one.Candidate.Key, other.Position);

        public static int Compare(int rank, RowKey key, PagePosition other)
        {
            int order = ((decimal)rank).CompareTo(other.Values[0].Number ?? 0);
            return order != 0 ? order : RowKey.Compare(key, other.Place);
        }
    }
}
