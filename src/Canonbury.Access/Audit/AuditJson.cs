using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Canonbury.Fhir.Ids;

namespace Canonbury.Access.Audit;

/// <summary>The payload of an audit entry: JSON on one line. Names in it are a stored format: add, never rename.</summary>
internal static class AuditJson
{
    public static void Write(AuditEntry entry, IBufferWriter<byte> to)
    {
        using Utf8JsonWriter writer = new(to);
        JsonSerializer.Serialize(writer, entry, AuditJsonContext.Default.AuditEntry);
    }

    /// <summary>When it happened and whom it is about; the rest is not read.</summary>
    public static (DateTimeOffset At, IReadOnlySet<PatientId> Patients) ReadAbout(ReadOnlySpan<byte> payload)
    {
        Utf8JsonReader json = new(payload);
        DateTimeOffset at = default;
        HashSet<PatientId> patients = [];
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isAt = json.ValueTextEquals("at"u8);
            bool isPatients = json.ValueTextEquals("patients"u8);
            json.Read();
            if (isAt)
            {
                at = json.GetDateTimeOffset();
            }

            while (isPatients && json.Read() && json.TokenType == JsonTokenType.String)
            {
                patients.Add(new PatientId(json.GetGuid()));
            }

            json.Skip();
        }

        return (at, patients);
    }

    public static AuditEntry Read(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, AuditJsonContext.Default.AuditEntry) ?? throw new JsonException("The audit payload is null.");
}

internal sealed class PatientIdJson : JsonConverter<PatientId>
{
    public override PatientId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, PatientId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(PatientIdJson)])]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
