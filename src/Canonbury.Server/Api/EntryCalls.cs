using System.Globalization;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Microsoft.Net.Http.Headers;

namespace Canonbury.Server.Api;

/// <summary>An entry of a bundle as the call that it asks for.</summary>
/// <param name="Route">Null where there is a problem.</param>
internal sealed record EntryCall(FhirCall Call, FhirRoute? Route, Problem? Problem);

/// <summary>Makes a request of each entry, so that one code answers both. https://hl7.org/fhir/R4/http.html#transaction</summary>
internal static class EntryCalls
{
    public static IReadOnlyList<EntryCall> Of(FhirCall outer, Bundle bundle, byte[] hash) =>
        [.. bundle.Entry.Select((entry, index) => Of(outer, entry, new BundleEntry(index, entry.FullUrl, entry.Resource, hash)))];

    private static EntryCall Of(FhirCall outer, Bundle.EntryComponent sent, BundleEntry entry)
    {
        HttpRequest from = outer.Context.Request;
        DefaultHttpContext context = new() { RequestServices = outer.Context.RequestServices, RequestAborted = outer.Cancellation, User = outer.Context.User };
        HttpRequest to = context.Request;
        (to.Scheme, to.Host, to.PathBase) = (from.Scheme, from.Host, from.PathBase);
        if (sent.Request is not { Method: { } method } request)
        {
            return Refused(outer, context, entry, new Problem(
                ProblemKind.Invalid, "entry-request-absent", "An entry of a transaction or batch needs a request with a method.", At(entry)));
        }

        string url = Here(request.Url ?? "", outer.BaseUrl);
        int mark = url.IndexOf('?', StringComparison.Ordinal);
        string[] path = [.. (mark < 0 ? url : url[..mark]).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        if (path.Length == 0 && method == Bundle.HTTPVerb.POST && entry.Resource is { } resource)
        {
            path = [resource.TypeName];
        }

        to.Method = method.GetLiteral();
        to.QueryString = new QueryString(mark < 0 ? "" : url[mark..]);
        Headers(to.Headers, request, from.Headers["Prefer"].ToString());
        string asked = method == Bundle.HTTPVerb.HEAD ? HttpMethods.Get : to.Method;
        if (FhirRoutes.Find(asked, path) is not (var route, { } values) || Unmapped.IsName(values["type"]) || Unmapped.IsName(values["id"]))
        {
            return Refused(outer, context, entry, new Problem(
                ProblemKind.Invalid, "request-url-invalid", "No interaction of this server has this method and URL.", At(entry) + ".url"));
        }

        to.Path = "/fhir/" + string.Join('/', path);
        to.RouteValues = values;
        (Shaping shaping, Problem? misshaped) = Shaping.Of(to);
        return (FhirCall.OtherType(values["type"]) ?? misshaped) is { } problem
            ? Refused(outer, context, entry, problem)
            : new EntryCall(outer.Inner(context, shaping, entry), route, null);
    }

    private static EntryCall Refused(FhirCall outer, HttpContext context, BundleEntry entry, Problem problem) =>
        new(outer.Inner(context, outer.Shaping, entry), null, problem);

    private static string At(BundleEntry entry) => $"Bundle.entry[{entry.Index}].request";

    private static string Here(string url, string baseUrl) =>
        url.StartsWith(baseUrl + "/", StringComparison.Ordinal) ? url[(baseUrl.Length + 1)..] : url;

    private static void Headers(IHeaderDictionary headers, Bundle.RequestComponent request, string prefer)
    {
        Set(headers, HeaderNames.IfMatch, request.IfMatch);
        Set(headers, HeaderNames.IfNoneMatch, request.IfNoneMatch);
        Set(headers, "If-None-Exist", request.IfNoneExist);
        Set(headers, HeaderNames.IfModifiedSince, request.IfModifiedSince?.ToString("R", CultureInfo.InvariantCulture));
        Set(headers, "Prefer", prefer);
    }

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            headers[name] = value;
        }
    }
}
