using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Canonbury.Record.Reading;

/// <summary>
/// Where a source has marked the person as restricted, addresses, telephones, practices, places and contacts are taken out of everything on its
/// way out: stored as sent, masked at the door (design, section 4: masking is at read; hazard 15).
/// </summary>
internal static class AddressMask
{
    /// <summary>What could tell where a person lives, or lead there, in a resource of any type and at any depth.</summary>
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "address", "telecom", "contact", "generalPractitioner", "managingOrganization", "serviceProvider", "photo", "location", "origin", "destination",
        "locationReference",
        "valueAddress", "valueContactPoint", "text",
    };

    /// <summary>Places, and people to whom the way leads: contained or referred to.</summary>
    private static readonly HashSet<string> HiddenTypes = new(StringComparer.Ordinal)
    {
        "Location", "Organization", "HealthcareService", "RelatedPerson", "CareTeam",
    };

    /// <summary>Types that are not shown at all: a relative's address may be the person's own.</summary>
    public static bool Withholds(string type) => type is "RelatedPerson";

    /// <summary>The same resource without what is hidden.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> json)
    {
        using JsonDocument resource = JsonDocument.Parse(json.ToArray());
        HashSet<string> gone = [.. ContainedPlaces(resource.RootElement)];
        ArrayBufferWriter<byte> buffer = new(json.Length);
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, resource.RootElement, gone);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>True where the <c>Patient</c> carries a label that restricts (R4 security-labels.html: R is restricted, V is very restricted).</summary>
    public static bool IsRestricted(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("v3-Confidentiality"u8) < 0)
        {
            return false;
        }

        using JsonDocument patient = JsonDocument.Parse(json.ToArray());
        return patient.RootElement.TryGetProperty("meta", out JsonElement meta)
            && meta.TryGetProperty("security", out JsonElement labels)
            && labels.EnumerateArray().Any(label => label.TryGetProperty("code", out JsonElement code) && code.GetString() is "R" or "V");
    }

    /// <param name="gone">References to contained resources that are hidden.</param>
    private static void Write(Utf8JsonWriter writer, JsonElement element, HashSet<string> gone)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject().Where(property => Shows(element, property) && !IsPlace(property.Value, gone)))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, gone);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray().Where(item => !IsPlace(item, gone) && !IsPlaceTakingPart(item, gone)))
                {
                    Write(writer, item, gone);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static bool Shows(JsonElement element, JsonProperty property)
    {
        // The element, whether it is told or only its extensions are (_address).
        string name = property.Name.TrimStart('_');

        // A concept's text is the source's own words; the text of a resource is a narrative that may say anything.
        return name == "text" ? TypeOf(element) is null
            : name == "participant" ? TypeOf(element) is not "CareTeam"
            : !Hidden.Contains(name);
    }

    /// <summary>A hidden resource that is contained, or a reference to one.</summary>
    private static bool IsPlace(JsonElement element, HashSet<string> gone)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        string? reference = Text(element, "reference");
        return HiddenTypes.Contains(TypeOf(element) ?? "")
            || (reference is not null && (gone.Contains(reference) || HiddenTypes.Contains(reference.Split('/')[0])))
            || ((reference is not null || element.TryGetProperty("display", out _) || element.TryGetProperty("identifier", out _))
                && HiddenTypes.Contains(Text(element, "type") ?? ""));
    }

    private static bool IsPlaceTakingPart(JsonElement item, HashSet<string> gone) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("actor", out JsonElement actor) && IsPlace(actor, gone);

    private static IEnumerable<string> ContainedPlaces(JsonElement resource) => !resource.TryGetProperty("contained", out JsonElement contained) ? [] : contained
        .EnumerateArray()
        .Where(inner => HiddenTypes.Contains(TypeOf(inner) ?? ""))
        .Select(inner => "#" + Text(inner, "id"));

    private static string? TypeOf(JsonElement element) => Text(element, "resourceType");

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
