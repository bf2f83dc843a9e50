using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Search;
using Canonbury.Record.Search;

namespace Canonbury.Record.Reading;

/// <summary>What may be shown of a patient to others than its own source.</summary>
public enum PatientStanding
{
    Open,

    /// <summary>One of the patients that are the same person carries a label that restricts: without what tells where the person is.</summary>
    Restricted,

    /// <summary>Held back until someone has decided who it is: nothing.</summary>
    Quarantined,
}

/// <summary>The standing of a patient.</summary>
public delegate PatientStanding FindStanding(PatientId patient);

/// <summary>
/// What one client's grant shows of what the store has: the one place that asks (design, rule 4). What it does not show is not there: no count, page,
/// inclusion, condition or history tells of it. Where a person's address is protected, everything is seen, and so searched, without it; only the
/// source that sent it sees what it sent.
/// </summary>
internal sealed class Sight(AccessGrant grant, FindStanding standingOf)
{
    private readonly Dictionary<PatientId, PatientStanding> known = [];

    /// <summary>True where single resources are hidden, so that the source alone does not decide.</summary>
    public bool HidesSome => grant.Hides is not null;

    /// <summary>
    /// Whether a resource of this source and owner may be shown at all. What nobody could be found for, of a type that is about somebody, is for its
    /// source alone (design, section 4); so is a subscription, which holds its client's secrets.
    /// </summary>
    /// <exception cref="ArgumentException">The grant is not for reading resources one by one: a bug of the caller.</exception>
    public bool Shows(SourceId source, PatientId owner, string type) => grant.Scope switch
    {
        GrantScope.OwnSource => source == grant.Source,
        GrantScope.EverySource => source == grant.Source || (type != "Subscription" && (owner != PatientId.Nobody || NobodyTypes.Allows(type))),
        _ => throw new ArgumentException($"A grant of scope {grant.Scope} does not allow reading a source's own resources.", nameof(source)),
    };

    /// <summary>The candidate of a search as the grant shows it; null where it does not.</summary>
    public Candidate? Of(Candidate candidate)
    {
        if (!Shows(candidate.Source, candidate.Owner, candidate.Type))
        {
            return null;
        }

        PatientStanding standing = MasksOthers(candidate.Owner) ? StandingOf(candidate.Owner, candidate.Json, candidate.Source) : PatientStanding.Open;
        if (Withholds(standing, candidate.Type))
        {
            return null;
        }

        candidate = standing == PatientStanding.Restricted ? candidate.Masked() : candidate;
        return grant.Hides is { } hides && hides(candidate.Values) ? null : candidate;
    }

    /// <summary>One version of a resource whose source is shown, as the grant shows it; null where it does not. A deletion says nothing of itself.</summary>
    public OwnResource? Of(OwnResource version, SourceId source)
    {
        PatientStanding standing = StandingOf(version.Owner, version.Json, source);
        if (Withholds(standing, version.Type))
        {
            return null;
        }

        if (version.Deleted)
        {
            return version;
        }

        version = standing == PatientStanding.Restricted ? version with { Json = AddressMask.Apply(version.Json.Span) } : version;
        return grant.Hides is { } hides && hides(ValuesOf(version)) ? null : version;
    }

    private static ResourceValues ValuesOf(OwnResource version) => ResourceValues.Of(version.Type, version.Id, null, () =>
        FhirJson.ParseStored(version.Json.Span).Resource ?? throw new InvalidDataException("A stored resource cannot be read."));

    private static bool Withholds(PatientStanding standing, string type) =>
        standing == PatientStanding.Quarantined || (standing == PatientStanding.Restricted && AddressMask.Withholds(type));

    /// <summary>
    /// What is about several patients is masked for the sake of each of them: a group's appointment tells where all of its members go.
    /// </summary>
    private PatientStanding StandingOf(PatientId owner, ReadOnlyMemory<byte> json, SourceId source)
    {
        PatientStanding standing = StandingOf(owner);
        return standing == PatientStanding.Open && MasksOthers(owner)
            && MentionedPatients.In(json, source).Any(other => other != owner && StandingOf(other) == PatientStanding.Restricted)
                ? PatientStanding.Restricted
                : standing;
    }

    private bool MasksOthers(PatientId owner) => grant.Scope != GrantScope.OwnSource && owner != PatientId.Nobody;

    // A source sees what it sent as it sent it.
    private PatientStanding StandingOf(PatientId owner)
    {
        if (grant.Scope == GrantScope.OwnSource || owner == PatientId.Nobody)
        {
            return PatientStanding.Open;
        }

        if (!known.TryGetValue(owner, out PatientStanding standing))
        {
            known[owner] = standing = standingOf(owner);
        }

        return standing;
    }
}
