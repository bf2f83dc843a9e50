using Canonbury.Access.Audit;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;

namespace Canonbury.Access.Policy;

/// <summary>What a caller asks to read, and why.</summary>
/// <param name="Person">Whose record; null where the scope is not one person.</param>
/// <param name="Reason">The caller's own words, as typed.</param>
public sealed record AccessRequest(GrantScope Scope, PersonId? Person = null, string? Reason = null)
{
    /// <summary>The sections that the page or interaction needs; null means all that the caller may see.</summary>
    public IReadOnlySet<Section>? Sections { get; init; }

    /// <summary>What the audit calls it.</summary>
    public AuditAction Action { get; init; } = Scope switch
    {
        GrantScope.Person => AuditAction.View,
        GrantScope.Find => AuditAction.Find,
        GrantScope.Operations => AuditAction.Operate,
        _ => AuditAction.Search,
    };

    /// <summary>What was searched for, where the request is a search.</summary>
    public string? Query { get; init; }
}

/// <summary>What the decision needs to know beside caller and request; looked up before, so that the decision is pure.</summary>
/// <param name="OwnPerson">The person that the resident's patient is linked to now; null for staff and where there is no link.</param>
public sealed record AccessFacts(PersonId? OwnPerson)
{
    public static readonly AccessFacts None = new((PersonId?)null);
}
