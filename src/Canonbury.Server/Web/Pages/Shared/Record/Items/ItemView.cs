using System.Text.Encodings.Web;
using System.Text.Json;
using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Json;
using Canonbury.Server.Web.Pages.Shared.Record.Documents;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;

namespace Canonbury.Server.Web.Pages.Shared.Record.Items;

/// <summary>One item with everything that its source said about it (C1).</summary>
/// <param name="Source">The system that sent it and whose it is.</param>
/// <param name="ReplacedBy">The document that took its place; null where none did.</param>
/// <param name="Results">The results of a report, in its order, as far as this reader may see them.</param>
/// <param name="OriginalText">The source's own words for it; null where it sent none and the page names it.</param>
/// <param name="RawFhir">The newest version, indented.</param>
public sealed record ItemView(
    RecordItem Item,
    SectionWords Section,
    SourceStanding? Source,
    IReadOnlyList<FieldRow> Fields,
    IReadOnlyList<VersionDifference> Versions,
    IReadOnlyList<AttachmentView> Attachments,
    RecordItem? ReplacedBy,
    IReadOnlyList<RecordItem> Results,
    string? OriginalText,
    string RawFhir)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ItemView Build(RecordView record, ItemDetail detail, IReadOnlyList<AttachmentView> attachments)
    {
        using JsonDocument document = JsonDocument.Parse(detail.Json);
        ReferredItems items = new(record.Record.Items);
        Card card = detail.Item.Card;
        return new ItemView(
            detail.Item,
            SectionWords.Of(detail.Item.Card.Section),
            record.Source(detail.Item.Source.Value),
            FieldRow.Of(document.RootElement, items),
            VersionDifference.Of(detail.Versions, items),
            attachments,
            record.Record.Items.FirstOrDefault(item => item.Card.Replaces == $"{detail.Item.Type}/{detail.Item.FhirId}"),
            [.. document.RootElement.List("result").Select(reference => items.Read(reference).Item).OfType<RecordItem>()],
            card.OriginalText ?? (Says(document.RootElement, card.Title) ? card.Title : null),
            JsonSerializer.Serialize(document.RootElement, Indented));
    }

    /// <summary>True where some text in the resource is these words.</summary>
    private static bool Says(JsonElement element, string words) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!.Trim() == words,
        JsonValueKind.Array => element.EnumerateArray().Any(item => Says(item, words)),
        JsonValueKind.Object => element.EnumerateObject().Any(property => property.Name is not ("resourceType" or "data") && Says(property.Value, words)),
        _ => false,
    };
}
