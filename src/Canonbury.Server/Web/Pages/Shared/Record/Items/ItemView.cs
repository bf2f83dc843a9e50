using System.Text.Encodings.Web;
using System.Text.Json;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Documents;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;

namespace Canonbury.Server.Web.Pages.Shared.Record.Items;

/// <summary>One item with everything that its source said about it (C1).</summary>
/// <param name="Source">The system that sent it and whose it is.</param>
/// <param name="RawFhir">The newest version, indented.</param>
public sealed record ItemView(
    RecordItem Item,
    SectionWords Section,
    SourceStanding? Source,
    IReadOnlyList<FieldRow> Fields,
    IReadOnlyList<VersionDifference> Versions,
    IReadOnlyList<AttachmentView> Attachments,
    string RawFhir)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ItemView Build(RecordView record, ItemDetail detail)
    {
        using JsonDocument document = JsonDocument.Parse(detail.Json);
        return new ItemView(
            detail.Item,
            SectionWords.Of(detail.Item.Card.Section),
            record.Source(detail.Item.Source.Value),
            FieldRow.Of(document.RootElement),
            VersionDifference.Of(detail.Versions),
            AttachmentView.Of(document.RootElement),
            JsonSerializer.Serialize(document.RootElement, Indented));
    }
}
