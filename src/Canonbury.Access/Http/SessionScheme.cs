using System.Security.Claims;
using System.Text.Encodings.Web;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Canonbury.Access.Http;

/// <summary>The sign-in scheme of the pages: a cookie with the session's secret.</summary>
public sealed class SessionScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions, AccessDesk desk)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Session";

    public const string Cookie = "canonbury-session";

    /// <summary>Where someone who is not signed in is sent.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>Gives the browser the session's cookie: no script reads it, no other site's form carries it.</summary>
    public static void SetCookie(HttpContext context, string secret) =>
        context.Response.Cookies.Append(Cookie, secret, Attributes(context));

    public static void ClearCookie(HttpContext context) => context.Response.Cookies.Delete(Cookie, Attributes(context));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[Cookie] is not { Length: > 0 } secret)
        {
            return AuthenticateResult.NoResult();
        }

        Caller? caller = await sessions.FindAsync(secret);
        return caller is null
            ? AuthenticateResult.Fail("The session is over.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller, Name)), Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await desk.TurnAwayAsync(null, Request.Path, AuditGate.Origin(Context), Context.RequestAborted);

        // Only a page that was asked for by GET can be gone back to.
        string back = HttpMethods.IsGet(Request.Method)
            ? $"?back={Uri.EscapeDataString(Request.PathBase + Request.Path + Request.QueryString)}"
            : "";
        Response.Redirect(SignInPath + back);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        await desk.TurnAwayAsync(CallerIdentity.Of(Context.User), Request.Path, AuditGate.Origin(Context), Context.RequestAborted);
        Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    private static CookieOptions Attributes(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
