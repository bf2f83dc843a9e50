using System.Text.Json;

namespace Canonbury.Server.Api.Export;

/// <summary>What a client asked to be exported, as its job keeps it: its own words, which are read again whenever the export goes on.</summary>
/// <param name="Group">The id here of the group; null where it is none.</param>
/// <param name="Base">The service's base URL as the client wrote it.</param>
internal sealed record ExportDefinition(ExportLevel Level, string? Group, string Base, IReadOnlyList<KeyValuePair<string, string>> Parameters, bool Lenient)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static ExportDefinition Of(string json) => JsonSerializer.Deserialize<ExportDefinition>(json)!;
}

/// <summary>https://hl7.org/fhir/uv/bulkdata/export.html#endpoints</summary>
internal enum ExportLevel
{
    System,
    Patient,
    Group,
}
