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

    /// <summary>Contained resources that are a place, or a person to whom the way leads.</summary>
    private static readonly HashSet<string> HiddenTypes = new(StringComparer.Ordinal)
    {
        "Location", "Organization", "HealthcareService", "RelatedPerson", "CareTeam", "Patient",
    };

    /// <summary>References to these are hidden where they take part in something.</summary>
    private static readonly string[] Places = ["Location/", "HealthcareService/", "RelatedPerson/"];

    /// <summary>Types that are not shown at all: a relative's address may be the person's own.</summary>
    public static bool Withholds(string type) => type is "RelatedPerson";

    /// <summary>The same resource without what is hidden.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> json)
    {
        using JsonDocument resource = JsonDocument.Parse(json.ToArray());
        ArrayBufferWriter<byte> buffer = new(json.Length);
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, resource.RootElement);
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

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();

                // A concept's text is the source's own words; the text of a resource is a narrative that may say anything.
                bool isResource = TypeOf(element) is not null;
                foreach (JsonProperty property in element.EnumerateObject()
                    .Where(property => !Hidden.Contains(Name(property)) || (Name(property) == "text" && !isResource))
                    .Where(property => !property.NameEquals("participant") || TypeOf(element) is not "CareTeam"))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray().Where(item => !IsHidden(item)))
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>A contained place, or a place among those who take part.</summary>
    private static bool IsHidden(JsonElement item) => TypeOf(item) is { } type ? HiddenTypes.Contains(type)
        : item.ValueKind == JsonValueKind.Object && item.TryGetProperty("actor", out JsonElement actor) && actor.ValueKind == JsonValueKind.Object
            && actor.TryGetProperty("reference", out JsonElement reference)
            && Places.Any(place => reference.GetString()?.StartsWith(place, StringComparison.Ordinal) == true);

    private static string? TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("resourceType", out JsonElement type) ? type.GetString() : null;

    /// <summary>The element, whether it is told or only its extensions are (<c>_address</c>).</summary>
    private static string Name(JsonProperty property) => property.Name.TrimStart('_');
}
