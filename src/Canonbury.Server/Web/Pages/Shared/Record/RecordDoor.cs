using System.Text.Json;
using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Record.Banner;
using Canonbury.Server.Web.Pages.Shared.Record.Documents;

namespace Canonbury.Server.Web.Pages.Shared.Record;

/// <summary>Whose record a request is about, why, and where its pages stand.</summary>
/// <param name="Reason">What the professional said; null where the role needs none.</param>
public sealed record RecordVisit(PersonId Person, string? Reason, RecordLinks Links);

/// <summary>A record that the door has opened for one request.</summary>
public sealed record OpenRecord(Caller Caller, AccessGrant Grant, RecordView View, RecordVisit Visit);

/// <summary>Opens a record for a page: asks the desk, reads, and says what leaves. The only way from the pages to a record.</summary>
public sealed class RecordDoor(
    AccessDesk desk, ReadRecord readRecord, ReadItem readItem, FindPossibleOthers findOthers, ListSources listSources, TimeProvider time)
{
    /// <returns>The record; or the refusal; or neither, where there is no such person.</returns>
    public async ValueTask<(OpenRecord? Record, Refusal? Refusal)> OpenAsync(HttpContext context, RecordVisit visit)
    {
        Caller? caller = PageAnswer.CallerOf(context);
        AccessRequest request = new(GrantScope.Person, visit.Person, visit.Reason);
        AccessAnswer answer = await desk.RequestAsync(caller, request, AuditGate.Origin(context), context.RequestAborted);
        if (answer is AccessAnswer.Refused refused)
        {
            return (null, refused.Refusal);
        }

        AccessGrant grant = ((AccessAnswer.Granted)answer).Grant;
        PersonRecord? record = await readRecord(grant, context.RequestAborted);
        if (record is null || record.Patients.Count == 0)
        {
            return (null, null);
        }

        IReadOnlyList<SourceId> others = findOthers(record.Person, [.. record.Patients.Select(patient => patient.Id)]);
        RecordView view = RecordView.Build(record, grant.Sections, await listSources(context.RequestAborted), time.GetUtcNow(), others, caller!.Kind == CallerKind.Resident);
        return (new OpenRecord(caller!, grant, view, visit), null);
    }

    public ValueTask<ItemDetail?> ReadItemAsync(OpenRecord record, string type, string id, CancellationToken cancellation) =>
        readItem(record.Grant, type, id, cancellation);

    /// <summary>The attachments of an item with what they point to: a document's bytes are a <c>Binary</c> of the same record (feature D8).</summary>
    public async ValueTask<IReadOnlyList<AttachmentView>> ReadAttachmentsAsync(OpenRecord record, ItemDetail detail, CancellationToken cancellation)
    {
        using JsonDocument document = JsonDocument.Parse(detail.Json);
        List<AttachmentView> attachments = [];
        foreach (AttachmentView attachment in AttachmentView.Of(document.RootElement, detail.Item.Card.Title))
        {
            attachments.Add(attachment.BinaryId is { } id && await readItem(record.Grant, "Binary", id, cancellation) is { } content
                ? With(attachment, content)
                : attachment);
        }

        return attachments;
    }

    /// <summary>Writes into the audit what the page is about to show; the banner's items are always among it.</summary>
    public ValueTask ShowAsync(HttpContext context, OpenRecord record, IEnumerable<RecordItem> items)
    {
        BannerView banner = record.View.Banner;
        List<RecordItem> shown = [.. items.Concat(banner.Allergies).Concat(banner.Alerts).Concat(banner.Adjustments).Distinct()];
        return desk.ShowAsync(
            record.Caller,
            record.Grant,
            ShownItems.Of(record.View.Record.Patients, shown),
            AuditGate.Origin(context),
            context.RequestAborted);
    }

    private static AttachmentView With(AttachmentView attachment, ItemDetail content)
    {
        using JsonDocument binary = JsonDocument.Parse(content.Json);
        return attachment.With(binary.RootElement);
    }
}
