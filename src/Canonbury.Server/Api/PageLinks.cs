using System.Text.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Search;

namespace Canonbury.Server.Api;

/// <summary>The links of a search: <c>self</c>, which says what was understood, and <c>next</c>, which goes on. https://hl7.org/fhir/R4/search.html#conformance</summary>
internal sealed class PageLinks(FhirCall call, IReadOnlyList<KeyValuePair<string, string>> understood, string? cursor)
{
    public static readonly Problem Foreign = HistoryQuery.Invalid(
        HistoryQuery.PageParameter, "This is no link of a page that this client was given for this search.");

    /// <summary>The search alone: two pages of one search have the same.</summary>
    private readonly string search = call.BaseUrl + PathOf(call) + "?" + string.Join(
        '&', understood.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));

    public string Self => cursor is null ? search.TrimEnd('?') : With(cursor);

    /// <summary>Where the page before ended; null on the first page, and for a link that is not of this caller and search.</summary>
    public PagePosition? Position => cursor is { } text && call.Rooms.Pages.Unprotect(call.Caller.Account, search, text) is { } bytes
        ? JsonSerializer.Deserialize<PagePosition>(bytes)
        : null;

    public string Next(PagePosition position) => With(call.Rooms.Pages.Protect(call.Caller.Account, search, JsonSerializer.SerializeToUtf8Bytes(position)));

    /// <summary>For what takes each of its parameters or is refused.</summary>
    public static PageLinks Of(FhirCall call, string? cursor) =>
        new(call, [.. RequestParameters.All(call.Context.Request).Where(one => one.Key != HistoryQuery.PageParameter)], cursor);

    private string With(string place) => $"{search}{(understood.Count == 0 ? "" : "&")}{HistoryQuery.PageParameter}={Uri.EscapeDataString(place)}";

    private static string PathOf(FhirCall call)
    {
        string path = call.Context.Request.Path.Value!["/fhir".Length..].TrimEnd('/');
        return path.EndsWith("/_search", StringComparison.Ordinal) ? path[..^"/_search".Length] : path;
    }
}
