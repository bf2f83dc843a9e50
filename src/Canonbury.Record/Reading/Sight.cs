using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Search;
using Canonbury.Record.Search;

namespace Canonbury.Record.Reading;

/// <summary>True where one of the patients that are the same person as this one carries a label that restricts.</summary>
public delegate bool FindRestricted(PatientId patient);

/// <summary>
/// What one client's grant shows of what the store has: the one place that asks (design, rule 4). What it does not show is not there: no count, page,
/// inclusion, condition or history tells of it. Where a person's address is protected, everything is seen, and so searched, without it; only the
/// source that sent it sees what it sent.
/// </summary>
internal sealed class Sight(AccessGrant grant, FindRestricted isRestricted)
{
    private readonly Dictionary<PatientId, bool> known = [];

    /// <summary>True where single resources are hidden, so that the source alone does not decide.</summary>
    public bool HidesSome => grant.Hides is not null;

    /// <summary>Whether anything of this source may be shown.</summary>
    /// <exception cref="ArgumentException">The grant is not for reading resources one by one: a bug of the caller.</exception>
    public bool Shows(SourceId source) => grant.Scope switch
    {
        GrantScope.OwnSource => source == grant.Source,
        GrantScope.EverySource => true,
        _ => throw new ArgumentException($"A grant of scope {grant.Scope} does not allow reading a source's own resources.", nameof(source)),
    };

    /// <summary>The candidate of a search as the grant shows it; null where it does not.</summary>
    public Candidate? Of(Candidate candidate)
    {
        if (!Shows(candidate.Source))
        {
            return null;
        }

        if (IsMasked(candidate.Owner))
        {
            if (AddressMask.Withholds(candidate.Type))
            {
                return null;
            }

            candidate = candidate.Masked();
        }

        return grant.Hides is { } hides && hides(candidate.Values) ? null : candidate;
    }

    /// <summary>One version of a resource whose source is shown, as the grant shows it; null where it does not. A deletion says nothing of itself.</summary>
    public OwnResource? Of(OwnResource version)
    {
        if (version.Deleted)
        {
            return version;
        }

        if (IsMasked(version.Owner))
        {
            if (AddressMask.Withholds(version.Type))
            {
                return null;
            }

            version = version with { Json = AddressMask.Apply(version.Json.Span) };
        }

        return grant.Hides is { } hides && hides(ValuesOf(version)) ? null : version;
    }

    private static ResourceValues ValuesOf(OwnResource version) => ResourceValues.Of(version.Type, version.Id, null, () =>
        FhirJson.ParseStored(version.Json.Span).Resource ?? throw new InvalidDataException("A stored resource cannot be read."));

    private bool IsMasked(PatientId owner)
    {
        if (grant.Scope == GrantScope.OwnSource || owner == PatientId.Nobody)
        {
            return false;
        }

        if (!known.TryGetValue(owner, out bool restricted))
        {
            known[owner] = restricted = isRestricted(owner);
        }

        return restricted;
    }
}
