using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Search;

/// <summary>True where one of the patients that are the same person as this one carries a label that restricts.</summary>
public delegate bool FindRestricted(PatientId patient);

/// <summary>
/// What one grant shows of what the store has: the one place that asks (design, rule 4). What it does not show is not there: no count, page,
/// inclusion or condition tells of it. Where the person's address is protected, everything is seen, and so searched, without it.
/// </summary>
internal sealed class Sight(AccessGrant grant, FindRestricted isRestricted)
{
    private readonly Dictionary<PatientId, bool> known = [];

    /// <summary>The candidate as the grant shows it; null where it does not.</summary>
    public Candidate? Of(Candidate candidate)
    {
        if (!Shows(candidate.Source))
        {
            return null;
        }

        if (grant.Scope != GrantScope.OwnSource && candidate.Owner != PatientId.Nobody && IsRestricted(candidate.Owner))
        {
            if (AddressMask.Withholds(candidate.Type))
            {
                return null;
            }

            candidate = candidate.Masked();
        }

        return grant.Hides is { } hides && hides(candidate.Values) ? null : candidate;
    }

    private bool Shows(SourceId source) => grant.Scope switch
    {
        GrantScope.OwnSource => source == grant.Source,
        GrantScope.EverySource => true,
        _ => throw new ArgumentException($"A grant of scope {grant.Scope} does not allow searching resources.", nameof(source)),
    };

    private bool IsRestricted(PatientId patient)
    {
        if (!known.TryGetValue(patient, out bool restricted))
        {
            known[patient] = restricted = isRestricted(patient);
        }

        return restricted;
    }
}
