using Canonbury.Access.Audit;
using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR search interaction: of one type, of several at system level, of a compartment, by GET and by POST to <c>_search</c>.
/// https://hl7.org/fhir/R4/http.html#search
/// </summary>
internal static class Search
{
    public static Task<FhirAnswer> OfTypeAsync(FhirCall call) => AnswerAsync(call, [call.Type], null);

    /// <summary><c>GET [base]?_type=…</c>. https://hl7.org/fhir/R4/search.html#all</summary>
    public static Task<FhirAnswer> OfSystemAsync(FhirCall call)
    {
        string[] types = RequestParameters.Value(call.Context.Request, "_type")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return Array.Find(types, type => !ResourceTypes.Contains(type)) is not null
            ? Task.FromResult(FhirAnswer.Of(new Problem(ProblemKind.Invalid, "resource-type-unknown", "R4 has no such resource type.", "http._type")))
            : AnswerAsync(call, types, null);
    }

    /// <summary><c>GET [base]/Patient/[id]/[type]</c>, <c>*</c> for every type. https://hl7.org/fhir/R4/compartmentdefinition.html</summary>
    public static Task<FhirAnswer> OfCompartmentAsync(FhirCall call)
    {
        string inner = call.Context.GetRouteValue("inner") as string ?? "*";
        if (!CompartmentParameters.Has(call.Type) || (inner != "*" && !CompartmentParameters.Of(call.Type, inner).Any()))
        {
            return Task.FromResult(FhirAnswer.Of(Unmapped.NotHere));
        }

        HashSet<string> ids = [call.Id, .. OtherId(call)(call.Type, call.Id) is { } other ? new[] { other } : []];
        IReadOnlyList<string> types = inner == "*" ? CompartmentParameters.Types(call.Type) : [inner];
        return AnswerAsync(call, types, new CompartmentPredicate(call.Type, ids, type => CompartmentParameters.Of(call.Type, type)));
    }

    /// <summary>Reads the conditions of a search, the ids of the caller's own among them.</summary>
    public static ReadQuery Read(FhirCall call, IReadOnlyList<string> types, IReadOnlyList<KeyValuePair<string, string>> parameters, bool strict) =>
        new QueryReader(Context(call.Rooms, call.Source, call.BaseUrl, call.Rooms.Time.GetUtcNow(), strict)).Read(types, parameters);

    /// <summary>What reading conditions needs to know of a client of this source.</summary>
    public static QueryContext Context(FhirRooms rooms, SourceId source, string baseUrl, DateTimeOffset now, bool strict) => new(
        baseUrl, now, (type, id) => rooms.Sources.KeepsIds(source) ? null : ResourceIds.FhirId(source, type, id), strict);

    private static Task<FhirAnswer> AnswerAsync(FhirCall call, IReadOnlyList<string> types, Predicate? compartment)
    {
        if (HttpMethods.IsPost(call.Context.Request.Method) && !RequestParameters.IsForm(call.Context.Request) && call.Context.Request.ContentLength is not (null or 0))
        {
            return Task.FromResult(FhirAnswer.Of(new Problem(ProblemKind.UnsupportedMedia, "format-not-supported", "A search is posted as a form.")));
        }

        (SearchQuery? query, Problem? refused) = Read(call, types, RequestParameters.All(call.Context.Request), Preferences.IsStrict(call.Context.Request));
        if (query is null)
        {
            return Task.FromResult(FhirAnswer.Of(refused!));
        }

        query = compartment is null ? query : query with { Criteria = [compartment, .. query.Criteria] };
        PageLinks links = new(call, query.Understood, query.Cursor);
        PagePosition? after = links.Position;
        if (query.Cursor is not null && after is null)
        {
            return Task.FromResult(FhirAnswer.Of(PageLinks.Foreign));
        }

        SearchAnswer answer = call.Rooms.Search.Find(call.Grant, query, after);
        return Task.FromResult(answer.Page is { } page ? Answer(call, page, links, query.PassedOver) : FhirAnswer.Of(answer.Problem!));
    }

    /// <param name="passedOver">What of the search was not understood.</param>
    public static FhirAnswer Answer(FhirCall call, SearchPage page, PageLinks links, IReadOnlyList<Issue> passedOver)
    {
        IReadOnlyList<OwnResource> shown = [.. page.Matches, .. page.Included];
        return new FhirAnswer(StatusCodes.Status200OK, SearchBundle.Of(call, page, links.Self, page.Next is { } next ? links.Next(next) : null, passedOver))
        {
            Shown = ShownItemsOf(shown),
        };
    }

    /// <summary>What the audit says has left with these.</summary>
    public static ShownItems ShownItemsOf(IReadOnlyList<OwnResource> shown) => new()
    {
        Patients = [.. shown.Select(one => one.Owner).Where(owner => owner != PatientId.Nobody).Distinct()],
        Items = shown.Count > ShownItems.MostItems ? [] : [.. shown.Select(one => new ShownItem(one.Type, one.Id, one.Version))],
        Counts = new SortedDictionary<string, int>(shown.CountBy(one => one.Type).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
    };

    // Ids as we gave them, or as the source sent them.
    private static Func<string, string, string?> OtherId(FhirCall call) => (type, id) =>
        call.Ids == IdPolicy.Mapped ? ResourceIds.FhirId(call.Source, type, id) : null;
}
