using System.Security.Claims;
using System.Text.Encodings.Web;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Canonbury.Access.Http;

/// <summary>The sign-in scheme of the FHIR API: <c>Authorization: Bearer TOKEN</c> (RFC 6750).</summary>
public sealed class BearerScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ClientTokens tokens, AccessDesk desk)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        Caller? caller = await tokens.FindAsync(header[Prefix.Length..].Trim());
        return caller is null
            ? AuthenticateResult.Fail("The token is not valid.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller, Name)), Name));
    }

    // RFC 6750 section 3: no error code where no token was sent.
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await desk.TurnAwayAsync(null, Request.Path, AuditGate.Origin(Context), Context.RequestAborted);
        AuthenticateResult result = await HandleAuthenticateOnceSafeAsync();
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = result.Failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        await desk.TurnAwayAsync(CallerIdentity.Of(Context.User), Request.Path, AuditGate.Origin(Context), Context.RequestAborted);
        Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
