using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Subscriptions;

/// <summary>One row of the changes, with what the resource was before and is after it.</summary>
public sealed class FeedChange
{
    internal FeedChange(SourceId source, OwnResource? before, OwnResource after, DateTimeOffset committedAt, FindStanding standingOf)
    {
        this.before = before;
        this.after = after;
        this.standingOf = standingOf;
        Source = source;
        CommittedAt = committedAt;
    }

    private readonly OwnResource? before;
    private readonly OwnResource after;
    private readonly FindStanding standingOf;

    public SourceId Source { get; }

    public DateTimeOffset CommittedAt { get; }

    public PatientId Owner => after.Owner;

    public string Type => after.Type;

    public string FhirId => after.Id;

    public int Version => after.Version;

    /// <summary>What the grant shows of the change; null where it shows nothing.</summary>
    public ResourceChange? ShownTo(AccessGrant grant)
    {
        Sight sight = new(grant, standingOf);
        if (!sight.Shows(Source, Owner, Type))
        {
            return null;
        }

        ResourceChange change = new(Type, ValuesOf(before, sight), ValuesOf(after, sight));
        return change is { Before: null, After: null } ? null : change;
    }

    private ResourceValues? ValuesOf(OwnResource? version, Sight sight) => version is not { Deleted: false } || sight.Of(version, Source) is not { } shown
        ? null
        : ResourceValues.Of(FhirJson.ParseStored(shown.Json.Span).Resource ?? throw new InvalidDataException("A stored resource cannot be read."));
}
