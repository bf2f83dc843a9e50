using Canonbury.Access.Policy;
using Canonbury.Identify.Find;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Problems;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace Canonbury.Server.Web.Pages.Professional.FindPerson;

/// <summary><c>/find-person</c>. Policy: who may find people (AccessRules, scope Find).</summary>
public static class FindPersonEndpoints
{
    public static void MapFindPerson(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/find-person", ShowAsync);
        routes.MapPost("/find-person", Send);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, string? search, bool? again, PersonSearch people, [FromServices] ListSources sources, TimeProvider time)
    {
        FindForm? form = people.Open(PageAnswer.CallerOf(context), search);
        bool runs = form is { Problem: null };
        (IReadOnlyList<PersonHit> hits, Refusal? refusal) = await people.RunAsync(context, runs ? form : null, _ => true);
        return refusal is not null ? ProblemAnswer.Refused(context, refusal) : PageAnswer.Of<FindPersonPage>(
            context,
            ("Form", form ?? FindForm.Blank),
            ("Searched", form is not null),
            ("Again", again == true),
            ("Hits", runs ? hits : null),
            ("Search", search),
            ("Names", new SourceNames(await sources(context.RequestAborted))),
            ("Today", UkTime.DateOf(time.GetUtcNow())));
    }

    // The search goes on sealed: neither the address nor a history or log holds what was typed.
    private static IResult Send(HttpContext context, [FromForm] FindForm form, PersonSearch people) =>
        PageAnswer.CallerOf(context) is { } caller
            ? Results.LocalRedirect($"/find-person?search={people.Seal(caller, form)}")
            : Results.LocalRedirect("/sign-in");
}
