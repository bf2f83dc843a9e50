namespace Canonbury.Fhir.Ids;

/// <summary>The ids of resources whose source has its ids mapped (design, section 4: ids).</summary>
public static class ResourceIds
{
    private static readonly Guid Space = new("6b0e7f0e-3d52-5d0e-9a52-6f3b0c1d9a77");

    /// <summary>The key of a resource: the UUIDv5 of source, type and the id or business key that the source uses for it.</summary>
    public static Guid Key(SourceId source, string type, string sentId) =>
        NameBasedGuid.Of(Space, string.Concat(source.Value, "\n", type, "\n") + sentId);

    /// <summary>The same key as a FHIR id: 36 lower-case characters.</summary>
    public static string FhirId(SourceId source, string type, string sentId) => Key(source, type, sentId).ToString("D");

    /// <summary>A relative reference, <c>Type/id</c>, to a resource of the same source.</summary>
    public static string Reference(SourceId source, string type, string sentId) => $"{type}/{FhirId(source, type, sentId)}";
}
