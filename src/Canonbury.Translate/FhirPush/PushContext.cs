using Canonbury.Fhir.Ids;

namespace Canonbury.Translate.FhirPush;

/// <summary>Whose ids a source's resources bear (design, section 4: ids).</summary>
public enum IdPolicy
{
    /// <summary>UUIDv5 of source, type and sent id; references are rewritten.</summary>
    Mapped,

    /// <summary>As sent.</summary>
    Kept,
}

/// <summary>What the translation of a FHIR push needs to know; nothing else from outside reaches it.</summary>
/// <param name="Known">
/// Of what <see cref="PushLookups"/> named, the resources that this source already has: final <c>Type/id</c> with its owner.
/// </param>
/// <param name="NewId">Makes the id of a created resource that has none of its own.</param>
public sealed record PushContext(SourceId Source, IdPolicy Ids, IReadOnlyDictionary<string, PatientId> Known, Func<string> NewId)
{
    /// <summary>Where the client reaches this server: what it names by that URL is here. Null where that is not known.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>What conditional references found among what the source has: each with the final <c>Type/id</c> of every match.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Found { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The final id of a resource of this source.</summary>
    public string FinalId(string type, string sentId) =>
        Ids == IdPolicy.Kept || Known.ContainsKey($"{type}/{sentId}") ? sentId : ResourceIds.FhirId(Source, type, sentId);

    /// <summary>The patient that a final reference <c>Patient/id</c> means. One that is known may be from a message, whose ids are never kept.</summary>
    public PatientId PatientOf(string finalId) =>
        Known.TryGetValue($"Patient/{finalId}", out PatientId known) ? known
        : Ids == IdPolicy.Mapped && Guid.TryParseExact(finalId, "D", out Guid key) ? new PatientId(key)
        : PatientId.Of(Source, finalId);
}
