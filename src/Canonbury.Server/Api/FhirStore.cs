using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>Whether a source's ids are mapped or kept.</summary>
public delegate IdPolicy IdsOf(SourceId source);

/// <summary>Of the final references (<c>Type/id</c>), those that this source has, deleted ones too, each with its owner.</summary>
public delegate ValueTask<IReadOnlyDictionary<string, PatientId>> FindOwn(
    SourceId source, IReadOnlySet<string> references, CancellationToken cancellation);

/// <summary>Writes a push, all of it or (a batch) entry by entry, and completes when it is durable.</summary>
public delegate ValueTask<WriteOutcome> WritePush(FhirWrite write, CancellationToken cancellation);

/// <summary>One version of a resource of the grant's source, the newest where no version is named; null where there is none.</summary>
public delegate ValueTask<StoredResource?> ReadOwn(AccessGrant grant, string type, string id, int? version, CancellationToken cancellation);

/// <summary>The newest versions that match, in the order of their ids; deleted ones are left out.</summary>
public delegate ValueTask<IReadOnlyList<StoredResource>> SearchOwn(AccessGrant grant, OwnSearch search, CancellationToken cancellation);

/// <summary>What the API needs of the rooms behind it.</summary>
public sealed record FhirStore(IdsOf IdsOf, FindOwn FindOwn, WritePush Write, ReadOwn Read, SearchOwn Search);

/// <param name="Body">What was sent, of which the hash is kept.</param>
public sealed record FhirWrite(SourceId Source, PushResult Push, ReadOnlyMemory<byte> Body, string Client);

/// <param name="Problem">Why nothing was written; null where something was.</param>
/// <param name="Entries">One for each entry of the push, in its order.</param>
public sealed record WriteOutcome(Problem? Problem, IReadOnlyList<WrittenEntry> Entries);

/// <param name="Stored">The version that the resource has now; null for what was refused, or deleted without having existed.</param>
/// <param name="Problem">Why this entry of a batch was refused.</param>
public sealed record WrittenEntry(PushEntry Entry, StoredResource? Stored, bool Created, Problem? Problem);

/// <param name="Json">UTF-8, ready to send; type and id only where it is deleted.</param>
public sealed record StoredResource(
    string Type, string Id, PatientId Owner, int Version, DateTimeOffset LastUpdated, bool Deleted, ReadOnlyMemory<byte> Json);

/// <summary>A search of one type; what is null does not narrow.</summary>
/// <param name="Patient">The owner or a mention.</param>
/// <param name="Identifier">System and value; a null system means any, an empty one none.</param>
/// <param name="After">Only ids that sort after this one.</param>
/// <param name="Limit">At most so many.</param>
public sealed record OwnSearch(
    string Type, IReadOnlySet<string>? Ids, PatientId? Patient, (string? System, string Value)? Identifier, string? After, int Limit);
