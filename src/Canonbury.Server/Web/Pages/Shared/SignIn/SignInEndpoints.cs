using Canonbury.Access;
using Canonbury.Access.Http;
using Canonbury.Access.SignIn;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Web.Pages.Shared.SignIn;

/// <summary><c>/sign-in</c> and <c>/sign-out</c>, and the first page, which depends on who looks.</summary>
public static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        NoPersonalDataAttribute open = new();
        routes.MapGet("/", Home).WithMetadata(open);
        routes.MapGet("/sign-in", Show).WithMetadata(open);
        routes.MapPost("/sign-in", SignInAsync).WithMetadata(open);
        routes.MapPost("/sign-out", SignOutAsync).WithMetadata(open);
    }

    private static IResult Home(HttpContext context) =>
        PageAnswer.CallerOf(context) is { } caller ? Results.LocalRedirect(Viewers.Home(caller)) : Results.LocalRedirect("/sign-in");

    private static IResult Show(HttpContext context, string? back, IOptions<AccessOptions> options) => PageAnswer.Of<SignInPage>(
        context, ("Back", LocalAddress.OrHome(back)), ("Demo", options.Value.DemoAccounts));

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? back,
        SignInDesk desk,
        IOptions<AccessOptions> options,
        CancellationToken cancellation)
    {
        SignInOutcome outcome = await desk.SignInAsync(name ?? "", password ?? "", AuditGate.Origin(context), cancellation);
        if (outcome is SignInOutcome.SignedIn signedIn)
        {
            SessionScheme.SetCookie(context, signedIn.Secret);
            return Results.LocalRedirect(LocalAddress.OrHome(back));
        }

        string words =
            outcome is SignInOutcome.Refused refused ? refused.Words : "Many people are signing in just now. Try again in a few seconds.";
        return PageAnswer.Of<SignInPage>(
            context,
            outcome is SignInOutcome.Busy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest,
            ("Back", LocalAddress.OrHome(back)),
            ("Name", name),
            ("Error", words),
            ("Demo", options.Value.DemoAccounts));
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, IFormCollection form, SignInDesk desk, CancellationToken cancellation)
    {
        if (PageAnswer.CallerOf(context) is { } caller && context.Request.Cookies[SessionScheme.Cookie] is { } secret)
        {
            await desk.SignOutAsync(caller, secret, AuditGate.Origin(context), cancellation);
        }

        SessionScheme.ClearCookie(context);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Results.LocalRedirect("/sign-in");
    }
}
