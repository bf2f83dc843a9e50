using System.Globalization;
using System.Text.Json.Nodes;

namespace Canonbury.Fhir.Patch;

/// <summary>Names one value of a JSON document. RFC 6901.</summary>
internal sealed class JsonPointer
{
    private readonly string[] steps;

    private JsonPointer(string[] steps) => this.steps = steps;

    public int Depth => steps.Length;

    /// <summary>Null where the text is no pointer.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text.Length == 0)
        {
            return new JsonPointer([]);
        }

        string[] parts = text.Split('/');
        return parts[0].Length == 0 && parts.All(IsEscaped) ? new JsonPointer([.. parts.Skip(1).Select(Unescape)]) : null;
    }

    /// <summary>True where the other is inside what this names.</summary>
    public bool Holds(JsonPointer other) => steps.Length < other.steps.Length && steps.AsSpan().SequenceEqual(other.steps.AsSpan(0, steps.Length));

    public bool Is(JsonPointer other) => steps.AsSpan().SequenceEqual(other.steps);

    /// <summary>The object or array that holds the value, and the value's place in it; null where there is none.</summary>
    public (JsonNode Holder, string Step)? Holder(JsonNode? root) =>
        steps.Length > 0 && TryFind(root, steps.Length - 1, out JsonNode? holder) && holder is JsonObject or JsonArray ? (holder, steps[^1]) : null;

    public bool TryFind(JsonNode? root, out JsonNode? value) => TryFind(root, steps.Length, out value);

    /// <summary>The place of an item: digits without leading zeros. Null where the step is none, or beyond <paramref name="last"/>.</summary>
    public static int? Index(string step, int last) =>
        step is "0" or [not '0', ..] && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= last ? index : null;

    private bool TryFind(JsonNode? root, int count, out JsonNode? value)
    {
        value = root;
        foreach (string step in steps.AsSpan(0, count))
        {
            switch (value)
            {
                case JsonObject holder when holder.TryGetPropertyValue(step, out value):
                    break;
                case JsonArray list when Index(step, list.Count - 1) is { } index:
                    value = list[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    // RFC 6901 section 3: a tilde stands only before 0 and 1.
    private static bool IsEscaped(string part)
    {
        for (int i = part.IndexOf('~', StringComparison.Ordinal); i >= 0; i = part.IndexOf('~', i + 1))
        {
            if (i + 1 == part.Length || part[i + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Unescape(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
