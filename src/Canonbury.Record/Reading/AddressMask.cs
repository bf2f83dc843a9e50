using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Canonbury.Record.Reading;

/// <summary>
/// Where a source has marked the person as restricted, address, telephone, practice and contacts are taken out of every linked
/// <c>Patient</c> on its way out: stored as sent, masked at the door (design, section 4; hazard 15).
/// </summary>
internal static class AddressMask
{
    /// <summary>What could tell where the person lives, or lead there.</summary>
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "address", "telecom", "contact", "generalPractitioner", "managingOrganization", "photo", "text", "contained",
    };

    /// <summary>True where one of the patients carries a label that restricts: then all are masked (design, rule 3).</summary>
    public static bool Hides(IReadOnlyList<LinkedPatient> patients) => patients.Any(patient => IsRestricted(patient.Json.Span));

    /// <summary>The same Patient without what is hidden.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> json)
    {
        using JsonDocument patient = JsonDocument.Parse(json.ToArray());
        ArrayBufferWriter<byte> buffer = new(json.Length);
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in patient.RootElement.EnumerateObject().Where(property => !Hidden.Contains(property.Name)))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // R4 security-labels.html: R is restricted, V is very restricted.
    private static bool IsRestricted(ReadOnlySpan<byte> json)
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
}
