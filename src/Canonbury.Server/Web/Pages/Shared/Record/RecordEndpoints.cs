using Canonbury.Access.Policy;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Problems;
using Canonbury.Server.Web.Pages.Shared.Record.Documents;
using Canonbury.Server.Web.Pages.Shared.Record.Items;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Pages.Shared.Record.Summary;
using Canonbury.Server.Web.Pages.Shared.Record.Timeline;
using Canonbury.Server.Web.Pages.Shared.Record.Trends;
using Canonbury.Server.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Canonbury.Server.Web.Pages.Shared.Record;

/// <summary>Finds out whose record a request is about; an answer instead where that is not settled.</summary>
public delegate ValueTask<(RecordVisit? Visit, IResult? Instead)> FindVisit(HttpContext context);

/// <summary>The pages of a record, the same for professionals and for the person.</summary>
public static class RecordEndpoints
{
    private const string TimelinePurpose = "timeline";

    public static void MapRecord(this RouteGroupBuilder group, FindVisit find)
    {
        group.MapGet("", (HttpContext context, RecordDoor door) => OpenAsync(context, door, find, SummaryAsync));
        group.MapGet("/sources", (HttpContext context, RecordDoor door) => OpenAsync(context, door, find, ReceiptAsync));
        group.MapGet("/timeline", (HttpContext context, RecordDoor door, SealedQuery sealing, string? filter, int? page) =>
            OpenAsync(context, door, find, (_, _, record) => TimelineAsync(context, door, record, sealing, filter, page ?? 1)));
        group.MapPost("/timeline", (HttpContext context, RecordDoor door, SealedQuery sealing, [FromForm] TimelineForm form) => FilterAsync(
            context, find, sealing, form));
        group.MapGet("/items/{type}/{id}", (HttpContext context, RecordDoor door, string type, string id) =>
            OpenAsync(context, door, find, (_, _, record) => ItemAsync(context, door, record, type, id)));
        group.MapGet("/items/{type}/{id}/documents/{index:int}", (
            HttpContext context, RecordDoor door, string type, string id, int index) =>
            OpenAsync(context, door, find, (_, _, record) => DocumentAsync(context, door, record, (type, id, index))));
        group.MapGet("/{section}", (HttpContext context, RecordDoor door, string section) =>
            OpenAsync(context, door, find, (_, _, record) => SectionAsync(context, door, record, section)));
        group.MapGet("/{section}/{test}", (HttpContext context, RecordDoor door, string section, string test) =>
            OpenAsync(context, door, find, (_, _, record) => TestAsync(context, door, record, section, test)));
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context, RecordDoor door, FindVisit find, Func<HttpContext, RecordDoor, OpenRecord, Task<IResult>> show)
    {
        (RecordVisit? visit, IResult? instead) = await find(context);
        if (visit is null)
        {
            return instead ?? ProblemAnswer.NotFound(context);
        }

        (OpenRecord? record, Refusal? refusal) = await door.OpenAsync(context, visit);
        return record is not null ? await show(context, door, record)
            : refusal is not null ? ProblemAnswer.Refused(context, refusal)
            : ProblemAnswer.NotFound(context);
    }

    private static Task<IResult> SummaryAsync(HttpContext context, RecordDoor door, OpenRecord record) =>
        ShowAsync<SummaryPage>(context, door, record, record.View.Record.Items);

    private static Task<IResult> ReceiptAsync(HttpContext context, RecordDoor door, OpenRecord record) =>
        ShowAsync<ReceiptPage>(context, door, record, []);

    private static Task<IResult> TimelineAsync(
        HttpContext context, RecordDoor door, OpenRecord record, SealedQuery sealing, string? sealedFilter, int page)
    {
        TimelineFilter? filter = sealing.Open<TimelineFilter>(TimelinePurpose, record.Caller.Account, sealedFilter);
        TimelineView view = TimelineView.Build(record.View, filter ?? TimelineFilter.All, page);
        return ShowAsync<TimelinePage>(
            context, door, record, view.Months.SelectMany(month => month.Items), ("View", view), (
                "Filter", filter is null ? null : sealedFilter));
    }

    private static async Task<IResult> FilterAsync(HttpContext context, FindVisit find, SealedQuery sealing, TimelineForm form)
    {
        (RecordVisit? visit, IResult? instead) = await find(context);
        if (visit is null || PageAnswer.CallerOf(context) is not { } caller)
        {
            return instead ?? ProblemAnswer.NotFound(context);
        }

        TimelineFilter filter = form.ToFilter();
        return Results.LocalRedirect(filter == TimelineFilter.All
            ? visit.Links.Timeline
            : $"{visit.Links.Timeline}?filter={sealing.Seal(TimelinePurpose, caller.Account, filter)}");
    }

    private static Task<IResult> SectionAsync(HttpContext context, RecordDoor door, OpenRecord record, string slug)
    {
        if (SectionWords.At(slug) is not { } words)
        {
            return Task.FromResult(ProblemAnswer.NotFound(context));
        }

        SectionView view = record.View[words.Section];
        return ShowAsync<SectionPage>(context, door, record, view.Items.Concat(view.SaysNone), ("View", view));
    }

    private static Task<IResult> TestAsync(HttpContext context, RecordDoor door, OpenRecord record, string slug, string key)
    {
        if (SectionWords.At(slug) is not { } words
            || record.View[words.Section] is not { Empty: null } view
            || TestSeries.Group(view.Items.Where(item => item.Type == "Observation"))
                .FirstOrDefault(test => test.Key == key) is not { } series)
        {
            return Task.FromResult(ProblemAnswer.NotFound(context));
        }

        return ShowAsync<TestPage>(context, door, record, series.Items, ("View", view), ("Series", series));
    }

    private static async Task<IResult> ItemAsync(HttpContext context, RecordDoor door, OpenRecord record, string type, string id)
    {
        if (await door.ReadItemAsync(record, type, id, context.RequestAborted) is not { } detail)
        {
            return ProblemAnswer.NotFound(context);
        }

        if (type == "Binary" && detail.Item.Card.PartOf is { } document)
        {
            return Results.LocalRedirect($"{record.Visit.Links.Root}/items/{document}");
        }

        IReadOnlyList<AttachmentView> attachments = await door.ReadAttachmentsAsync(record, detail, context.RequestAborted);
        return await ShowAsync<ItemPage>(context, door, record, [detail.Item], ("View", ItemView.Build(record.View, detail, attachments)));
    }

    private static async Task<IResult> DocumentAsync(
        HttpContext context, RecordDoor door, OpenRecord record, (string Type, string Id, int Index) document)
    {
        if (await door.ReadItemAsync(record, document.Type, document.Id, context.RequestAborted) is not { } detail
            || (await door.ReadAttachmentsAsync(record, detail, context.RequestAborted)).ElementAtOrDefault(document.Index)
                is not { Bytes.IsEmpty: false } attachment)
        {
            return ProblemAnswer.NotFound(context);
        }

        await door.ShowAsync(context, record, [detail.Item]);
        // A document is shown inside this service's own pages, runs nothing and loads nothing.
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";
        context.Response.Headers.ContentDisposition =
            attachment.Kind is AttachmentKind.Pdf or AttachmentKind.Image or AttachmentKind.Text ? "inline" : "attachment";
        return Results.Bytes(attachment.Bytes.ToArray(), attachment.ContentType);
    }

    private static async Task<IResult> ShowAsync<T>(
        HttpContext context, RecordDoor door, OpenRecord record, IEnumerable<RecordItem> items, params (string, object?)[] parameters)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        await door.ShowAsync(context, record, items);
        return PageAnswer.Of<T>(context, [.. parameters, ("Record", record.View), ("Links", record.Visit.Links)]);
    }
}
