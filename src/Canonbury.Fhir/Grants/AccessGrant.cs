using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search;

namespace Canonbury.Fhir.Grants;

/// <summary>
/// Permission for one caller to read one person, or the people of one search, for one purpose. The one door (design, rule 4):
/// nothing that reads people's data works without it, and only <c>Canonbury.Access</c> can make one.
/// </summary>
public sealed class AccessGrant
{
    internal AccessGrant(Guid id, GrantScope scope, PersonId? person, SourceId? source, string caller, string purpose, IReadOnlySet<Section>? sections, Func<ResourceValues, bool>? hides, DateTimeOffset expires)
    {
        Id = id;
        Scope = scope;
        Person = person;
        Source = source;
        Caller = caller;
        Purpose = purpose;
        Sections = sections;
        Hides = hides;
        Expires = expires;
    }

    /// <summary>The audit entry of the decision that made it.</summary>
    public Guid Id { get; }

    public GrantScope Scope { get; }

    /// <summary>The person that may be read; null for a grant to find people or to run the service.</summary>
    public PersonId? Person { get; }

    /// <summary>The source whose resources may be read; null but for a system client's grant.</summary>
    public SourceId? Source { get; }

    /// <summary>The account or client that asked.</summary>
    public string Caller { get; }

    /// <summary>The reason that the caller gave, in words.</summary>
    public string Purpose { get; }

    /// <summary>The sections that may be seen; null means all.</summary>
    public IReadOnlySet<Section>? Sections { get; }

    /// <summary>
    /// Which single resources may not be seen, by the predicates that searches use, too (design, rule 6); null where none is hidden.
    /// </summary>
    public Func<ResourceValues, bool>? Hides { get; }

    public DateTimeOffset Expires { get; }
}

/// <summary>What kind of reading a grant allows.</summary>
public enum GrantScope
{
    /// <summary>One person's record.</summary>
    Person,

    /// <summary>Identity only: finding people and comparing demographics.</summary>
    Find,

    /// <summary>Inbox, dead letters and raw messages.</summary>
    Operations,

    /// <summary>A system client's own resources.</summary>
    OwnSource,

    /// <summary>Every source's resources, for a system client whose purpose is the shared record; it writes its own source's.</summary>
    EverySource,
}
