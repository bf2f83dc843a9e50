using System.Buffers.Binary;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR history interaction, of one resource, of a type and of the whole system: <c>GET [base]/[type]/[id]/_history</c>,
/// <c>GET [base]/[type]/_history</c>, <c>GET [base]/_history</c>. https://hl7.org/fhir/R4/http.html#history
/// </summary>
internal static class History
{
    private static readonly Problem Foreign = HistoryQuery.Invalid(HistoryQuery.PageParameter, "This is no link of a page that this client was given.");

    public static Task<FhirAnswer> OfOneAsync(FhirCall call)
    {
        (HistoryQuery query, Problem? refused) = HistoryQuery.Of(call.Context.Request);
        byte[]? page = Page(call, query, ref refused);
        if (refused is not null)
        {
            return Task.FromResult(FhirAnswer.Of(refused));
        }

        if (call.FinalId() is not { } id || call.Rooms.History.OfOne(call.Grant, call.Type, id, query.Times) is not { } all)
        {
            return Task.FromResult(FhirAnswer.Of(Problem.NotFound(call.Type)));
        }

        // Versions are numbered: a page goes on below the last one shown, whatever was written since.
        int before = page is null ? int.MaxValue : BinaryPrimitives.ReadInt32BigEndian(page);
        OwnResource[] rest = [.. all.SkipWhile(version => version.Version >= before)];
        OwnResource[] shown = call.Shaping.IsCount ? [] : [.. rest.Take(query.Count)];
        byte[]? next = shown.Length > 0 && shown.Length < rest.Length ? new byte[sizeof(int)] : null;
        if (next is not null)
        {
            BinaryPrimitives.WriteInt32BigEndian(next, shown[^1].Version);
        }

        return Task.FromResult(Answer(call, shown, all.Count, next));
    }

    public static Task<FhirAnswer> OfManyAsync(FhirCall call)
    {
        (HistoryQuery query, Problem? refused) = HistoryQuery.Of(call.Context.Request);
        if (refused is null && (call.Shaping.IsCount || query.Count == 0))
        {
            refused = Problem.NotSupported("The history of many resources is not counted.", call.Shaping.IsCount ? "http._summary" : "http._count");
        }

        byte[]? page = Page(call, query, ref refused);
        if (refused is not null || (page is null ? HistoryPlace.Newest : HistoryPlace.Of(page)) is not { } place)
        {
            return Task.FromResult(FhirAnswer.Of(refused ?? Foreign));
        }

        string? type = call.Type.Length == 0 ? null : call.Type;
        HistoryStretch stretch = call.Rooms.History.OfMany(call.Grant, new HistoryWalk(type, query.Times, place, query.Count));
        return Task.FromResult(Answer(call, stretch.Versions, null, stretch.Next?.ToBytes()));
    }

    private static byte[]? Page(FhirCall call, HistoryQuery query, ref Problem? refused)
    {
        byte[]? page = query.Page is null ? null : call.Rooms.Pages.Unprotect(call.Caller.Account, PathOf(call), query.Page);
        refused ??= query.Page is not null && page is null ? Foreign : null;
        return page;
    }

    private static FhirAnswer Answer(FhirCall call, IReadOnlyList<OwnResource> shown, int? total, byte[]? next)
    {
        string self = Link(call, call.Context.Request.Query[HistoryQuery.PageParameter]);
        string? more = next is null ? null : Link(call, call.Rooms.Pages.Protect(call.Caller.Account, PathOf(call), next));
        return new FhirAnswer(StatusCodes.Status200OK, HistoryBundle.Of(call, shown, total, self, more))
        {
            Shown = new ShownItems
            {
                Patients = [.. shown.Select(version => version.Owner).Distinct()],
                Items = shown.Count > ShownItems.MostItems ? [] : [.. shown.Select(version => new ShownItem(version.Type, version.Id, version.Version))],
                Counts = new SortedDictionary<string, int>(
                    shown.CountBy(version => version.Type).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            },
        };
    }

    private static string Link(FhirCall call, string? page)
    {
        string[] query = [.. call.Context.Request.Query
            .Where(parameter => parameter.Key != HistoryQuery.PageParameter && HistoryQuery.Knows(parameter.Key))
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value.ToString())}"),
            .. page is null ? Array.Empty<string>() : [$"{HistoryQuery.PageParameter}={page}"]];
        return call.BaseUrl + PathOf(call) + (query.Length == 0 ? "" : "?" + string.Join('&', query));
    }

    private static string PathOf(FhirCall call) => call.Context.Request.Path.Value!["/fhir".Length..].TrimEnd('/');
}
