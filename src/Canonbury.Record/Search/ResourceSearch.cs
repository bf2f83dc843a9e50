using Canonbury.Database;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Search;

/// <summary>
/// Searches resources under a grant. About a person it reads that person's rows of the type; across people it starts from an index or goes through
/// all, within a budget; the predicates decide (design, section 4: how a search runs). https://hl7.org/fhir/R4/search.html
/// </summary>
public sealed class ResourceSearch(RecordDatabase database, SearchRooms rooms, TimeProvider time)
{
    private const int DefaultPage = 50;

    private static readonly string[] EveryType = [.. ResourceTypes.All];

    /// <param name="after">Where the page before ended; null for the first.</param>
    public SearchAnswer Find(AccessGrant grant, SearchQuery query, PagePosition? after)
    {
        using Session session = database.Open();
        SearchRun run = new(session, new Sight(grant, rooms.StandingOf), rooms, SearchBudget.Usual(time), query.Linked);
        int size = query.Count ?? DefaultPage;
        IReadOnlyList<string> types = query.Types.Count > 0 ? query.Types : EveryType;
        bool streams = query.Sort.Count == 0 && types.Count == 1 && !query.WantsTotal;
        SearchAnswer answer = streams ? Stream(run, query, types[0], after, size) : Collect(run, query, types, after, size);
        return run.Problem is { } problem ? new SearchAnswer(null, problem) : answer;
    }

    /// <summary>Of all matches, the newest of each code; what has several codes counts with the first.</summary>
    /// <param name="code">The parameter that groups.</param>
    /// <param name="date">The parameter that says which is newer.</param>
    public SearchAnswer NewestOfEach(AccessGrant grant, SearchQuery query, SearchParameter code, SearchParameter date, int max)
    {
        using Session session = database.Open();
        SearchRun run = new(session, new Sight(grant, rooms.StandingOf), rooms, SearchBudget.Usual(time), query.Linked);
        SortKey[] order = [new SortKey(date, Descending: true)];
        List<OwnResource> newest = [.. run.Matches(query.Types[0], query.Criteria)
            .Select(candidate => Sorted.Of(candidate, order))
            .Order(Comparer<Sorted>.Create((one, other) => one.CompareTo(other, order)))
            .GroupBy(one => CodeOf(one.Candidate, code))
            .SelectMany(group => group.Take(max))
            .Select(one => one.Candidate.ToResource())];
        return run.Problem is { } problem ? new SearchAnswer(null, problem) : new SearchAnswer(new SearchPage(newest, [], null, newest.Count), null);
    }

    private static SearchValue? CodeOf(Candidate candidate, SearchParameter code) =>
        candidate.Values.Stored(code) is [var stored, ..] ? stored : candidate.Values.Full(code) is [var text, ..] ? text : null;

    /// <summary>Reads no further than the page.</summary>
    private static SearchAnswer Stream(SearchRun run, SearchQuery query, string type, PagePosition? after, int size)
    {
        List<Candidate> found = [.. Matches(run, query, type, after?.Place).Take(size + 1)];
        PagePosition? next = found.Count > size && size > 0 ? new PagePosition(found[size - 1].Key, []) : null;
        return Page(run, query, found.Take(size), next, total: null);
    }

    private static SearchAnswer Collect(SearchRun run, SearchQuery query, IReadOnlyList<string> types, PagePosition? after, int size)
    {
        Sorted[] all = [.. types.SelectMany(type => Matches(run, query, type, after: null)).DistinctBy(candidate => candidate.Key).Select(candidate => Sorted.Of(candidate, query.Sort))];
        Comparer<Sorted> order = Comparer<Sorted>.Create((one, other) => one.CompareTo(other, query.Sort));
        List<Sorted> rest = [.. all.Order(order).Where(one => after is null || one.CompareTo(new Sorted(null!, after), query.Sort) > 0).Take(size + 1)];
        PagePosition? next = rest.Count > size && size > 0 ? rest[size - 1].Position : null;
        return Page(run, query, rest.Take(size).Select(one => one.Candidate), next, all.Length);
    }

    private static IEnumerable<Candidate> Matches(SearchRun run, SearchQuery query, string type, RowKey? after) =>
        run.Matches(type, query.Criteria, after: after).Where(candidate => query.Source is not { } source || candidate.Source == source);

    private static SearchAnswer Page(SearchRun run, SearchQuery query, IEnumerable<Candidate> matches, PagePosition? next, int? total)
    {
        List<Candidate> page = [.. matches];
        IReadOnlyList<Candidate> included = query.Inclusions.Count == 0 || page.Count == 0 ? [] : Inclusions.Of(run, query.Inclusions, page);
        return new SearchAnswer(
            new SearchPage([.. page.Select(match => match.ToResource())], [.. included.Select(one => one.ToResource())], next, total), null);
    }

    /// <summary>A match with what it is sorted by.</summary>
    private readonly record struct Sorted(Candidate Candidate, PagePosition Position)
    {
        public static Sorted Of(Candidate candidate, IReadOnlyList<SortKey> keys) =>
            new(candidate, new PagePosition(candidate.Key, [.. keys.Select(key => SortValue.Of(candidate, key))]));

        public int CompareTo(Sorted other, IReadOnlyList<SortKey> keys)
        {
            for (int i = 0; i < keys.Count; i++)
            {
                int order = SortValue.Compare(Position.Values[i], other.Position.Values[i], keys[i].Descending);
                if (order != 0)
                {
                    return order;
                }
            }

            return RowKey.Compare(Position.Place, other.Position.Place);
        }
    }
}
