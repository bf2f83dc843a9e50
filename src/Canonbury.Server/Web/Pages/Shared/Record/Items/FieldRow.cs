using System.Text.Json;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Json;

namespace Canonbury.Server.Web.Pages.Shared.Record.Items;

/// <summary>One field of a resource for reading: its label, and its value or the fields inside it.</summary>
/// <param name="Path">Where it stands in the resource; compares versions.</param>
/// <param name="Item">The item of the same record that the field points to.</param>
public sealed record FieldRow(string Path, string Label, string? Value, IReadOnlyList<FieldRow> Children, RecordItem? Item = null)
{
    /// <summary>Elements that are the frame of a resource, or that the page shows in a better place.</summary>
    private static readonly HashSet<string> Left = ["resourceType", "id", "meta", "text", "implicitRules", "contained"];

    /// <summary>The longest value that stands in a table; beyond it the raw FHIR has it (embedded documents).</summary>
    private const int LongestValue = 2000;

    /// <summary>Every field that the source sent, in its order.</summary>
    public static IReadOnlyList<FieldRow> Of(JsonElement resource, ReferredItems items) => Fields(resource, "", items, Left);

    /// <summary>Every value with its path, flat.</summary>
    public static IEnumerable<FieldRow> Flat(IEnumerable<FieldRow> rows) =>
        rows.SelectMany(row => row.Value is not null ? [row] : Flat(row.Children).Select(
            child => child with { Label = $"{row.Label}: {child.Label}" }));

    private static List<FieldRow> Fields(JsonElement element, string path, ReferredItems items, HashSet<string>? skip = null)
    {
        List<FieldRow> rows = [];
        if (element.ValueKind != JsonValueKind.Object)
        {
            return rows;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (skip?.Contains(property.Name) == true)
            {
                continue;
            }

            string here = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (property.Name is "extension" or "modifierExtension")
            {
                rows.AddRange(property.Value.EnumerateArray().Select((extension, index) => Extension(extension, $"{here}[{index}]", items)));
            }
            else if (property.Value.ValueKind == JsonValueKind.Array)
            {
                rows.AddRange(property.Value.EnumerateArray().Select((item, index) => Field(item, $"{here}[{index}]", property.Name, items)));
            }
            else
            {
                rows.Add(Field(property.Value, here, property.Name, items));
            }
        }

        return rows;
    }

    private static FieldRow Field(JsonElement value, string path, string name, ReferredItems items)
    {
        string label = FieldLabel.Of(name.TrimStart('_'));
        return items.Read(value) is ({ } words, var item) ? new FieldRow(path, label, words, [], item)
            : DataTypeText.Of(value, name) is { } text ? new FieldRow(path, label, Short(text), [])
            : new FieldRow(path, label, null, Fields(value, path, items));
    }

    /// <summary>An extension is named by the end of its address.</summary>
    private static FieldRow Extension(JsonElement extension, string path, ReferredItems items)
    {
        string url = extension.Text("url") ?? "extension";
        string name = url[(url.LastIndexOfAny(['/', ':']) + 1)..];
        string label = FieldLabel.Of(name.Replace("Extension-UKCore-", "", StringComparison.Ordinal).Replace('-', ' '));
        JsonProperty value =
            extension.EnumerateObject().FirstOrDefault(property => property.Name.StartsWith("value", StringComparison.Ordinal));
        if (value.Value.ValueKind == JsonValueKind.Undefined)
        {
            return new FieldRow(path, label, null, Fields(extension, path, items, ["url"]));
        }

        return DataTypeText.Of(value.Value, value.Name) is { } text
            ? new FieldRow(path, label, Short(text), [])
            : new FieldRow(path, label, null, Fields(value.Value, path, items));
    }

    private static string Short(string text) =>
        text.Length <= LongestValue ? text : $"{text[..LongestValue]}… (shortened; the whole is in the raw FHIR)";
}
