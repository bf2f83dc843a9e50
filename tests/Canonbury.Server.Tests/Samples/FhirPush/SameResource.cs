using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Canonbury.Fhir.Json;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Tests.Samples.FhirPush;

/// <summary>
/// Compares a resource as it was sent with what is read back, as JSON: everything must be there and nothing else, but for the id, what of
/// <c>meta</c> is the server's, and references, which must still lead to the same type.
/// </summary>
internal static partial class SameResource
{
    /// <summary>The first difference as a path with a reason; null where there is none.</summary>
    public static string? Difference(JsonNode sent, JsonNode read) => Compare(Own(sent), Own(read), (string?)sent["resourceType"] ?? "");

    /// <summary>The same for what was sent in a form, of which XML has no white space around its texts.</summary>
    public static string? Difference(JsonNode sent, JsonNode read, WireFormat form) =>
        form == WireFormat.Xml ? Difference(WithoutSpace(sent), WithoutSpace(read)) : Difference(sent, read);

    /// <summary>The same for what was read as JSON and as XML.</summary>
    public static string? DifferenceAsXml(JsonNode json, Resource xml) =>
        Difference(WithoutSpace(json), WithoutSpace(JsonNode.Parse(FhirJson.ToUtf8(xml))!));

    // White space around a text is lost in XML (R4 xml.html), and narratives are written anew.
    private static JsonNode WithoutSpace(JsonNode node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null
            : field.Key == "div" ? Markup((string)field.Value!)
            : WithoutSpace(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : WithoutSpace(item))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(value.GetValue<string>().Trim()),
        _ => node.DeepClone(),
    };

    private static JsonValue Markup(string div)
    {
        XElement root = XElement.Parse(div);
        root.DescendantNodes().OfType<XComment>().Remove();
        string text = root.ToString(SaveOptions.DisableFormatting).Replace(" xmlns=\"http://www.w3.org/1999/xhtml\"", "", StringComparison.Ordinal);
        return JsonValue.Create(string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))));
    }

    private static JsonNode Own(JsonNode resource)
    {
        JsonObject own = (JsonObject)resource.DeepClone();
        own.Remove("id");
        if (own["meta"] is JsonObject meta)
        {
            // R4 resource.html#Meta: the server's own.
            meta.Remove("versionId");
            meta.Remove("lastUpdated");
            meta.Remove("source");
            if (meta.Count == 0)
            {
                own.Remove("meta");
            }
        }

        return own;
    }

    private static string? Compare(JsonNode? sent, JsonNode? read, string path) => (sent, read) switch
    {
        (JsonObject left, JsonObject right) => CompareObjects(left, right, path),

        // R4 json.html#primitive: null stands where a value has no extension, and says nothing at the end.
        (JsonArray left, JsonArray right) when left.Count < right.Count && path.Contains("._", StringComparison.Ordinal)
            && right.Skip(left.Count).All(item => item is null) =>
            Compare(left, new JsonArray([.. right.Take(left.Count).Select(item => item?.DeepClone())]), path),
        (JsonArray left, JsonArray right) when left.Count == right.Count =>
            left.Select((item, index) => Compare(item, right[index], $"{path}[{index}]")).FirstOrDefault(found => found is not null),
        (JsonArray left, JsonArray right) => $"{path}: {left.Count} items were sent, {right.Count} are read",
        (null, null) => null,
        (JsonValue left, JsonValue right) => Same(left, right, path) ? null : $"{path}: {left.ToJsonString()} is read as {right.ToJsonString()}",
        _ => $"{path}: {Kind(sent)} is read as {Kind(read)}",
    };

    private static string? CompareObjects(JsonObject sent, JsonObject read, string path)
    {
        string[] lost = [.. sent.Select(property => property.Key).Except(read.Select(property => property.Key))];
        string[] added = [.. read.Select(property => property.Key).Except(sent.Select(property => property.Key))];
        return lost.Length > 0 ? $"{path}.{lost[0]} is lost"
            : added.Length > 0 ? $"{path}.{added[0]} is added"
            : sent.Select(property => Compare(property.Value, read[property.Key], $"{path}.{property.Key}")).FirstOrDefault(found => found is not null);
    }

    private static bool Same(JsonValue sent, JsonValue read, string path)
    {
        // Digits are compared as text: R4 datatypes.html#decimal, the precision of a decimal has meaning.
        string left = sent.ToJsonString(), right = read.ToJsonString();
        return left == right
            || (sent.GetValueKind() == JsonValueKind.Number && read.GetValueKind() == JsonValueKind.Number && IsSameWithExponent(left, right))
            || (sent.GetValueKind() == JsonValueKind.String && read.GetValueKind() == JsonValueKind.String
                && (IsSameReference(sent.GetValue<string>(), read.GetValue<string>(), path) || IsSameInstant(sent.GetValue<string>(), read.GetValue<string>())
                    || IsSameBase64(sent.GetValue<string>(), read.GetValue<string>(), path)));
    }

    // 1E+8 is read as 100000000: the model's decimal has no exponent.
    private static bool IsSameWithExponent(string sent, string read) => sent.Contains('E', StringComparison.OrdinalIgnoreCase)
        && decimal.Parse(sent, NumberStyles.Float, CultureInfo.InvariantCulture) == decimal.Parse(read, NumberStyles.Float, CultureInfo.InvariantCulture);

    // R4 datatypes.html#base64Binary: white space between the letters says nothing.
    private static bool IsSameBase64(string sent, string read, string path) =>
        path.EndsWith(".data", StringComparison.Ordinal) && string.Concat(sent.Where(letter => !char.IsWhiteSpace(letter))) == read;

    private static bool IsSameReference(string sent, string read, string path)
    {
        if (!path.EndsWith(".reference", StringComparison.Ordinal) && !path.EndsWith("rl", StringComparison.Ordinal) && !path.EndsWith("Uri", StringComparison.Ordinal))
        {
            return false;
        }

        Match final = Relative().Match(read);
        return final.Success && (Relative().Match(sent) is { Success: true } relative
            ? relative.Groups["type"].Value == final.Groups["type"].Value
            : sent.Contains(':', StringComparison.Ordinal) || sent.Contains('?', StringComparison.Ordinal));
    }

    // The same moment with the same offset: 10:00Z may be read as 10:00+00:00.
    private static bool IsSameInstant(string sent, string read) =>
        Instant().IsMatch(sent) && Instant().IsMatch(read)
        && DateTimeOffset.TryParse(sent, CultureInfo.InvariantCulture, out DateTimeOffset left)
        && DateTimeOffset.TryParse(read, CultureInfo.InvariantCulture, out DateTimeOffset right)
        && left.EqualsExact(right);

    private static string Kind(JsonNode? node) => node?.GetValueKind().ToString() ?? "null";

    [GeneratedRegex("^(?<type>[A-Z][A-Za-z]+)/[A-Za-z0-9.-]{1,64}(/_history/.+)?$")]
    private static partial Regex Relative();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Instant();
}
