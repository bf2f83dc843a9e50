using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Canonbury.Server.Web.Pages.Professional.FindPerson;
using Canonbury.Server.Web.Pages.Professional.Record;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Problems;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Security;
using Canonbury.Server.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace Canonbury.Server.Web.Pages.Professional.ConfirmIdentity;

/// <summary>
/// <c>/confirm-identity/{person}</c>: the last look before a record opens, and the reason. Policy: scopes Find and Person.
/// </summary>
public static class ConfirmIdentityEndpoints
{
    public static void MapConfirmIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/confirm-identity/{person:guid}", (HttpContext context, Guid person, string? search, PersonSearch people) =>
            ShowAsync(context, new PersonId(person), new OpenForm { Search = search }, null, people));
        routes.MapPost("/confirm-identity/{person:guid}", OpenAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, PersonId person, OpenForm form, string? error, PersonSearch people)
    {
        FindForm? found = people.Open(PageAnswer.CallerOf(context), form.Search);
        (IReadOnlyList<PersonHit> hits, Refusal? refusal) = await people.RunAsync(context, found, hit => hit.Person == person);
        return refusal is not null ? ProblemAnswer.Refused(context, refusal)
            : hits.Count == 0 ? Results.LocalRedirect("/find-person")
            : PageAnswer.Of<ConfirmIdentityPage>(
                context,
                error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
                ("Hit", hits[0]),
                ("Search", form.Search),
                ("More", form.More),
                ("Error", error),
                ("Names", new SourceNames(await context.RequestServices.GetRequiredService<ListSources>()(context.RequestAborted))),
                ("Today", UkTime.DateOf(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())));
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        Guid person,
        [FromForm] OpenForm form,
        PersonSearch people,
        AccessDesk desk,
        SealedQuery sealing)
    {
        Caller? caller = PageAnswer.CallerOf(context);
        AccessRequest request = new(GrantScope.Person, new PersonId(person), form.ToReason());
        AccessAnswer answer = await desk.RequestAsync(caller, request, AuditGate.Origin(context), context.RequestAborted);
        if (answer is AccessAnswer.Refused { Refusal: { } refusal })
        {
            return refusal.Code is RefusalCode.ReasonMissing or RefusalCode.ReasonTooLong
                ? await ShowAsync(context, new PersonId(person), form, $"{refusal.Words} {refusal.Remedy}", people)
                : ProblemAnswer.Refused(context, refusal);
        }

        AccessGrant grant = ((AccessAnswer.Granted)answer).Grant;
        await desk.ShowAsync(caller!, grant, ShownItems.Nothing, AuditGate.Origin(context), context.RequestAborted);
        ReasonCookie.Set(context, sealing, caller!.Account, new PersonId(person), form.ToReason());
        return Results.LocalRedirect(ReasonCookie.LinksOf(new PersonId(person)).Root);
    }
}
