using Canonbury.Fhir.Types;

namespace Canonbury.Fhir.Ids;

/// <summary>
/// Names one resource in the store by type and 16 bytes. An id that is a UUID as we write them is its own key; any other (a source
/// whose ids are kept) is hashed without its source, so that two sources which use the same id for a type meet and are told (409).
/// </summary>
public readonly record struct ResourceKey(int Type, Guid Id)
{
    private static readonly Guid Space = new("a3b0c44e-8f0c-5b1a-9d1f-2f7d6a1f0e55");

    public static ResourceKey Of(string type, string fhirId) => new(
        ResourceTypes.NumberOf(type),
        IsOwnForm(fhirId, out Guid id) ? id : NameBasedGuid.Of(Space, $"{type}\n{fhirId}"));

    /// <summary>The id as it must be stored beside the key: null where the key says it.</summary>
    public static string? Spelling(string fhirId) => IsOwnForm(fhirId, out _) ? null : fhirId;

    private static bool IsOwnForm(string fhirId, out Guid id) =>
        Guid.TryParseExact(fhirId, "D", out id) && id.ToString("D") == fhirId;
}
