using System.Text.Json;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Json;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;

namespace Canonbury.Server.Web.Pages.Shared.Record.Items;

/// <summary>Puts words in the place of a reference, and finds the item of the same record that it points to (R4 references.html).</summary>
public sealed class ReferredItems(IEnumerable<RecordItem> items)
{
    private readonly Dictionary<string, RecordItem> byReference =
        items.DistinctBy(item => (item.Type, item.FhirId)).ToDictionary(item => $"{item.Type}/{item.FhirId}", StringComparer.Ordinal);

    /// <summary>The words and the item of a reference; nothing where the value is no reference to a resource of this service.</summary>
    public (string? Words, RecordItem? Item) Read(JsonElement value)
    {
        if (value.Text("reference") is not { } reference || reference.Contains(':', StringComparison.Ordinal) || reference.StartsWith('#'))
        {
            return (null, null);
        }

        string? display = value.Text("display");
        if (byReference.GetValueOrDefault(reference) is { } item)
        {
            return (display ?? Words(item), item);
        }

        string type = reference.Split('/')[0];
        return type == "Patient" ? ("This person", null) : (display ?? $"{FieldLabel.Of(type)}, not in this record", null);
    }

    private static string Words(RecordItem item) => item.Card.Value is not null || item.Type == "Observation"
        ? string.Join(": ", new[] { item.Card.Title, ValueText.Of(item.Card) }.Where(part => part is not null))
        : item.Card.Title;
}
