using System.Text.Json;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Web.Pages.Shared.Record.Items;

/// <summary>One field that a version changed. Words say what happened to it; colour only repeats them.</summary>
public sealed record FieldChange(string Label, string? Before, string? After)
{
    public string Word => (Before, After) switch
    {
        (null, _) => "Added",
        (_, null) => "Removed",
        _ => "Changed",
    };
}

/// <summary>One version of an item with what it changed against the version before it.</summary>
/// <param name="Changes">Empty for the first version.</param>
public sealed record VersionDifference(ItemVersion Version, bool IsFirst, IReadOnlyList<FieldChange> Changes)
{
    /// <param name="versions">Newest first.</param>
    public static IReadOnlyList<VersionDifference> Of(IReadOnlyList<ItemVersion> versions, ReferredItems items)
    {
        List<Dictionary<string, FieldRow>> fields = [.. versions.Select(version => Fields(version, items))];
        return
        [
            .. versions.Select((version, index) => index == versions.Count - 1
                ? new VersionDifference(version, true, [])
                : new VersionDifference(version, false, Compare(fields[index + 1], fields[index]))),
        ];
    }

    private static Dictionary<string, FieldRow> Fields(ItemVersion version, ReferredItems items)
    {
        if (version.Json.IsEmpty)
        {
            return [];
        }

        using JsonDocument document = JsonDocument.Parse(version.Json);
        return FieldRow.Flat(FieldRow.Of(document.RootElement, items)).ToDictionary(row => row.Path, StringComparer.Ordinal);
    }

    private static List<FieldChange> Compare(Dictionary<string, FieldRow> before, Dictionary<string, FieldRow> after)
    {
        IEnumerable<FieldChange> removed =
            before.Values.Where(row => !after.ContainsKey(row.Path)).Select(row => new FieldChange(row.Label, row.Value, null));
        IEnumerable<FieldChange> other = after.Values
            .Select(row => new FieldChange(row.Label, before.GetValueOrDefault(row.Path)?.Value, row.Value))
            .Where(change => change.Before != change.After);
        return [.. other.Concat(removed)];
    }
}
