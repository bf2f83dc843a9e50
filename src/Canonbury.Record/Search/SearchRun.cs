using Canonbury.Database;
using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Search.Values;
using Canonbury.Record.Reading;
using Hl7.Fhir.Model;
using SearchParameter = Canonbury.Fhir.Search.SearchParameter;

namespace Canonbury.Record.Search;

/// <summary>One search while it runs: a connection, what the grant shows, and a budget that the searches inside it share.</summary>
internal sealed class SearchRun(Session session, Sight sight, SearchRooms rooms, SearchBudget budget, bool linked)
{
    private readonly CandidateRows rows = new(session, budget);
    private Problem? problem;

    /// <summary>Why there is no answer; null where there is one.</summary>
    public Problem? Problem => problem ?? budget.Problem;

    /// <summary>What the grant shows of a type and meets every condition, in the order of the store.</summary>
    /// <param name="scope">The patients in whose rows alone it can be, where a search around this one knows; null for anywhere.</param>
    /// <param name="after">Only what comes after this place.</param>
    public IEnumerable<Candidate> Matches(string type, IReadOnlyList<Criterion> criteria, IReadOnlyList<PatientId>? scope = null, RowKey? after = null)
    {
        PatientScope patients = new(session, rooms, linked);
        criteria = [.. criteria.Select(criterion => patients.Expand(type, criterion))];
        IReadOnlyList<PatientId>? named = patients.Named(type, criteria);
        List<PatientId>? meant = named is null && scope is null ? MeantBy(type, criteria) : null;
        List<Predicate> predicates = Resolve(criteria, named ?? scope ?? meant);
        if (Problem is not null)
        {
            return [];
        }

        // A chain may have come to patients, too.
        if (named is null)
        {
            predicates = [.. predicates.Select(predicate => (Predicate)patients.Expand(type, predicate))];
            named = patients.Named(type, predicates);
        }

        return Narrow(type, predicates, (named, scope, meant), after)
            .Select(sight.Of)
            .OfType<Candidate>()
            .Where(candidate => predicates.TrueForAll(predicate => predicate.Matches(candidate.Values)));
    }

    /// <summary>Those resources as the grant shows them, whatever they say.</summary>
    public IEnumerable<Candidate> ByName(IEnumerable<(string Type, string Id)> names) => rows.ByName(names).Select(sight.Of).OfType<Candidate>();

    private IEnumerable<Candidate> Narrow(
        string type,
        List<Predicate> predicates,
        (IReadOnlyList<PatientId>? Named, IReadOnlyList<PatientId>? Scope, IReadOnlyList<PatientId>? Meant) patients,
        RowKey? after)
    {
        List<ValuePredicate> filter = [.. predicates.OfType<ValuePredicate>()];
        IEnumerable<Candidate>? few = SearchScope.Names(type, predicates) is { } names ? rows.ByName(names)
            : patients.Named is { } named ? rows.OfPatients(named, type, filter)
            : IsOnlyAboutNobody(type) ? rows.OfNobody(type, filter)
            : patients.Scope is { } scope ? type == "Patient" ? rows.PatientsOf(scope) : rows.OfPatients(NobodyTypes.Allows(type) ? scope.Append(PatientId.Nobody) : scope, type, filter)
            : patients.Meant is { } meant ? rows.PatientsOf(meant)
            : SearchScope.Postings(type, predicates) is { } postings ? rows.ByPosting(type, postings)
            : null;
        return few is null ? rows.All(type, after, filter) : few
            .Where(candidate => after is not { } place || RowKey.Compare(candidate.Key, place) > 0)
            .Order(Comparer<Candidate>.Create((one, other) => RowKey.Compare(one.Key, other.Key)));
    }

    /// <summary>The patients that a search for patients may mean by identifiers or names; null where it does not say.</summary>
    private List<PatientId>? MeantBy(string type, IEnumerable<Criterion> criteria)
    {
        if (type != "Patient")
        {
            return null;
        }

        List<Predicate> predicates = [.. criteria.OfType<Predicate>()];
        (PatientWord kind, IReadOnlyList<string>? words) = SearchScope.Identifiers(predicates) is { } identifiers
            ? (PatientWord.Identifier, identifiers)
            : (PatientWord.Name, SearchScope.NameBeginnings(predicates));
        List<PatientId> found = [];
        foreach (string word in words ?? [])
        {
            if (rooms.PatientsBy(kind, word, budget.Limit) is not { } patients)
            {
                return null;
            }

            found.AddRange(patients);
        }

        return words is null ? null : [.. found.Distinct()];
    }

    private static bool IsOnlyAboutNobody(string type) => NobodyTypes.Allows(type) && !PatientCompartment.Names(type);

    private List<Predicate> Resolve(IEnumerable<Criterion> criteria, IReadOnlyList<PatientId>? scope)
    {
        List<Predicate> predicates = [];
        foreach (Criterion criterion in criteria.OrderBy(criterion => criterion is not Predicate))
        {
            if (Problem is null)
            {
                predicates.Add(Resolve(criterion, scope));
            }
        }

        return predicates;
    }

    private Predicate Resolve(Criterion criterion, IReadOnlyList<PatientId>? scope) => criterion switch
    {
        Predicate predicate => predicate,
        Criterion.Chain chain => new ValuePredicate(chain.Parameter, [new TargetsTerm(Names(chain.TargetType, chain.Condition, scope))]),
        Criterion.Has has => new OneOfPredicate(ReferredTo(Matches(has.SourceType, [has.Condition], scope), has.Parameter.Name)),
        Criterion.AnyOf any => new AnyPredicate([.. any.Criteria.Select(one => Resolve(one, scope))]),
        Criterion.InList list => new OneOfPredicate(ReferredTo(ByName(list.Lists.Select(id => ("List", id))), "item")),
        Criterion.InValueSet inside => new ValuePredicate(inside.Parameter, [Codes(inside.ValueSet)], inside.Negated),
        _ => throw new InvalidOperationException($"A criterion of type {criterion.GetType().Name} has no resolution."),
    };

    private HashSet<(string Type, string Id)> Names(string type, Criterion condition, IReadOnlyList<PatientId>? scope) =>
        [.. Matches(type, [condition], scope).Select(match => match.Name)];

    private static HashSet<(string Type, string Id)> ReferredTo(IEnumerable<Candidate> sources, string parameter) =>
        [.. sources.SelectMany(source => References(source, parameter)).Select(reference => (reference.Type!, reference.Id!))];

    /// <summary>What a resource refers to here, by one of its parameters.</summary>
    public static IEnumerable<SearchValue.Reference> References(Candidate source, string parameter) =>
        SearchParameters.Find(source.Type, parameter) is not { } found ? [] : source.Values.Stored(found)
            .OfType<SearchValue.Reference>()
            .Where(reference => reference is { Base: null, Type: not null, Id: not null });

    private CodesTerm Codes(string valueSet)
    {
        string id = valueSet.StartsWith("ValueSet/", StringComparison.Ordinal) ? valueSet["ValueSet/".Length..] : valueSet;
        SearchParameter url = SearchParameters.Find("ValueSet", "url")!;
        Candidate? found = valueSet.Contains(':', StringComparison.Ordinal)
            ? Matches("ValueSet", [new ValuePredicate(url, [new UriTerm(UriMode.Same, valueSet)])]).FirstOrDefault()
            : ByName([("ValueSet", id)]).FirstOrDefault();
        if (found?.Values.Resource is ValueSet set && ListedCodes.Of(set) is { } codes)
        {
            return codes;
        }

        problem ??= found is null
            ? new Problem(ProblemKind.Invalid, "value-set-unknown", "This server does not have the value set.")
            : Problem.NotSupported("The value set does not list its codes; a terminology server must tell them, and there is none here.");
        return new CodesTerm(new HashSet<(string?, string)>(), new HashSet<string>());
    }
}
