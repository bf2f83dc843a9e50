using Canonbury.Access.Http;
using Canonbury.Access.Policy;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Canonbury.Server.Web.Pages.Shared.Problems;

/// <summary>What a page says when it cannot show what was asked for: what happened, and what to do.</summary>
public static class ProblemAnswer
{
    /// <summary>The door refused: someone unknown signs in first, anyone else reads why.</summary>
    public static IResult Refused(HttpContext context, Refusal refusal) => refusal.Code == RefusalCode.UnknownCaller
        ? Results.Challenge(authenticationSchemes: [SessionScheme.Name])
        : Of(context, StatusCodes.Status403Forbidden, "You cannot open this", refusal.Words, refusal.Remedy);

    public static IResult NotFound(HttpContext context) => ForStatus(context, StatusCodes.Status404NotFound);

    public static IResult ForStatus(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest when context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } => Of(
            context,
            status,
            "This form has expired",
            "It was opened a while ago, or before you signed in. Nothing was changed.",
            "Go back, load the page again, and send the form again."),
        StatusCodes.Status400BadRequest => Of(
            context,
            status,
            "We could not read that",
            "The form was not filled in as expected. Nothing was changed.",
            "Go back and try again."),
        StatusCodes.Status403Forbidden =>
            Of(context, status, "You cannot open this", "Your role does not allow this page.", "Ask someone whose role allows it."),
        StatusCodes.Status404NotFound => Of(
            context,
            status,
            "Page not found",
            "There is nothing at this address that you can open.",
            "If you typed the address, check it. If you followed a link, the item may have been withdrawn by its source."),
        StatusCodes.Status405MethodNotAllowed => Of(context, status, "Page not found", "This address does not open as a page.", null),
        _ => Of(
            context,
            status,
            "The record cannot be shown now",
            "Something is wrong on our side. The record is not lost, and what sources send is still taken in.",
            "Try again in a minute. Until then use your own organisation's system. Absence on this page means nothing about the person."),
    };

    /// <summary>Gives pages, and only pages, words for refusals and failures; the API and the health endpoints have their own.</summary>
    public static IApplicationBuilder UseProblemPages(this IApplicationBuilder app) => app.UseWhen(
        context => !context.Request.Path.StartsWithSegments("/fhir", StringComparison.OrdinalIgnoreCase)
            && !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase),
        pages => pages
            .UseExceptionHandler(new ExceptionHandlerOptions
            {
                SuppressDiagnosticsCallback = _ => false,
                ExceptionHandler = context => ForStatus(context, Status(context)).ExecuteAsync(context),
            })
            .UseStatusCodePages(
                status => ForStatus(status.HttpContext, status.HttpContext.Response.StatusCode).ExecuteAsync(status.HttpContext)));

    private static int Status(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
            ? bad.StatusCode : StatusCodes.Status500InternalServerError;

    private static IResult Of(HttpContext context, int status, string heading, string words, string? remedy) => PageAnswer.Of<ProblemPage>(
        context, status, ("Heading", heading), ("Words", words), ("Remedy", remedy));
}
