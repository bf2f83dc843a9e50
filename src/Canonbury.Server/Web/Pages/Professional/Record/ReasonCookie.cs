using Canonbury.Access.Http;
using Canonbury.Fhir.Ids;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Security;

namespace Canonbury.Server.Web.Pages.Professional.Record;

/// <summary>
/// Keeps the reason for one person's record with the browser, encrypted for the session: the reason is asked for once, and goes with
/// each request for that record only.
/// </summary>
public static class ReasonCookie
{
    private const string Name = "canonbury-reason";

    public static RecordLinks LinksOf(PersonId person) => new($"/record/{person}");

    public static void Set(HttpContext context, SealedQuery sealing, string account, PersonId person, string reason) =>
        context.Response.Cookies.Append(

            Name,
            sealing.Seal(Purpose(context, person), account, reason),
            new CookieOptions
            {
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                Path = LinksOf(person).Root,
                IsEssential = true,
            });

    public static string? Get(HttpContext context, SealedQuery sealing, string account, PersonId person) =>
        sealing.Open<string>(Purpose(context, person), account, context.Request.Cookies[Name]);

    // Sealed for one session: after a sign-out the reason is asked for again.
    private static string Purpose(HttpContext context, PersonId person) => $"reason {person} {context.Request.Cookies[SessionScheme.Cookie]}";
}
