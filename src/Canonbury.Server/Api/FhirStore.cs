using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Record.Reading;
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
public delegate ValueTask<OwnResource?> ReadOwn(AccessGrant grant, string type, string id, int? version, CancellationToken cancellation);

/// <summary>The newest versions that match, in the order of their ids; deleted ones are left out.</summary>
public delegate ValueTask<IReadOnlyList<OwnResource>> SearchOwn(AccessGrant grant, OwnSearch search, CancellationToken cancellation);

/// <summary>What the API needs of the rooms behind it.</summary>
public sealed record FhirStore(IdsOf IdsOf, FindOwn FindOwn, WritePush Write, ReadOwn Read, SearchOwn Search);
