using Canonbury.Server.Web.Pages.Operations.DeadLetters;
using Canonbury.Server.Web.Pages.Operations.Feeds;
using Canonbury.Server.Web.Pages.Operations.Findings;
using Canonbury.Server.Web.Pages.Operations.Quarantine;
using Canonbury.Server.Web.Pages.Operations.UnmappedFields;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Microsoft.AspNetCore.Mvc;

namespace Canonbury.Server.Web.Pages.Operations;

/// <summary>
/// <c>/operations</c>: feeds, dead letters, unmapped fields, things to check, quarantine. Policy: operations staff (AccessRules, scope Operations).
/// </summary>
public static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/operations");
        group.MapGet("/feeds", Feeds);
        group.MapGet("/dead-letters", DeadLetters);
        group.MapPost("/dead-letters", Replay);
        group.MapGet("/unmapped-fields", UnmappedFields);
        group.MapGet("/to-check", Findings);
        group.MapGet("/quarantine", Quarantine);
    }

    private static Task<IResult> Feeds(HttpContext context, OperationsDoor door, [FromServices] ListFeeds list, TimeProvider time) =>
        door.OpenAsync(context, async grant =>
            PageAnswer.Of<FeedsPage>(context, ("Feeds", await list(grant, context.RequestAborted)), ("Now", time.GetUtcNow())));

    private static Task<IResult> DeadLetters(
        HttpContext context,
        OperationsDoor door,
        [FromServices] ListDeadLetters list,
        [FromServices] ListSources sources,
        TimeProvider time,
        int? replayed) => door.OpenAsync(context, async grant => PageAnswer.Of<DeadLettersPage>(
            context,
            ("Names", await NamesAsync(sources, context)),
            ("Letters", await list(grant, DeadLettersPage.Most, context.RequestAborted)),
            ("Replayed", replayed),
            ("Now", time.GetUtcNow())));

    private static Task<IResult> Replay(
        HttpContext context, OperationsDoor door, [FromServices] ReplayDeadLetters replay, [FromForm] ReplayForm? form) =>
        door.OpenAsync(context, async grant =>
        {
            int count = await replay(grant, form is null ? [] : form.Keys, context.RequestAborted);
            return Results.LocalRedirect($"/operations/dead-letters?replayed={count}");
        });

    private static Task<IResult> UnmappedFields(
        HttpContext context, OperationsDoor door, [FromServices] ListUnmapped list, [FromServices] ListSources sources) =>
        door.OpenAsync(context, async grant => PageAnswer.Of<UnmappedFieldsPage>(
            context, ("Fields", await list(grant, context.RequestAborted)), ("Names", await NamesAsync(sources, context))));

    private static Task<IResult> Findings(
        HttpContext context, OperationsDoor door, [FromServices] ListFindings list, [FromServices] ListSources sources) =>
        door.OpenAsync(context, async grant => PageAnswer.Of<FindingsPage>(
            context, ("Findings", await list(grant, context.RequestAborted)), ("Names", await NamesAsync(sources, context))));

    private static Task<IResult> Quarantine(
        HttpContext context, OperationsDoor door, [FromServices] ListQuarantine list, [FromServices] ListSources sources) =>
        door.OpenAsync(context, async grant => PageAnswer.Of<QuarantinePage>(
            context, ("Held", await list(grant, context.RequestAborted)), ("Names", await NamesAsync(sources, context))));

    private static async Task<SourceNames> NamesAsync(ListSources sources, HttpContext context) => new(await sources(context.RequestAborted));
}
