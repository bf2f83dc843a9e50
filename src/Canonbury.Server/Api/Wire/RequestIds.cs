using System.Diagnostics;
using System.Text.RegularExpressions;
using Canonbury.Access.Audit;

namespace Canonbury.Server.Api.Wire;

/// <summary>
/// The id by which a request is found in the audit: the client's, where it sent one, else our own; each answer names it.
/// https://hl7.org/fhir/R4/http.html#custom
/// </summary>
internal static partial class RequestIds
{
    public const string Header = "X-Request-Id";

    public static Task GiveAsync(HttpContext context, RequestDelegate next)
    {
        string id = context.Request.Headers[Header] is [{ } sent] && Sane().IsMatch(sent)
            ? sent
            : Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("N");
        context.Features.Set(new RequestOrigin(context.Connection.RemoteIpAddress?.ToString(), id));
        context.Response.Headers[Header] = id;
        return next(context);
    }

    // What goes into the audit and back into a header is no place for anything else.
    [GeneratedRegex("^[A-Za-z0-9._:-]{1,128}$", RegexOptions.CultureInvariant)]
    private static partial Regex Sane();
}
