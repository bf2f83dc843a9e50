using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;

namespace Canonbury.Access.Policy;

/// <summary>What the policy decided: one of two.</summary>
public abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    /// <param name="Sections">The sections that may be seen; null means all.</param>
    /// <param name="Purpose">The reason as it will stand in the grant and the audit.</param>
    public sealed record Granted(IReadOnlySet<Section>? Sections, string Purpose) : AccessDecision;

    public sealed record Refused(Refusal Refusal) : AccessDecision;
}

/// <summary>What the desk hands back: the grant, or the refusal in words.</summary>
public abstract record AccessAnswer
{
    private AccessAnswer()
    {
    }

    public sealed record Granted(AccessGrant Grant) : AccessAnswer;

    public sealed record Refused(Refusal Refusal) : AccessAnswer;
}

/// <summary>Why a caller may not, and what would change it; both are sentences that a page can show.</summary>
public sealed record Refusal(RefusalCode Code, string Words, string Remedy);

public enum RefusalCode
{
    UnknownCaller,
    RoleMayNot,
    PersonMissing,
    NotOwnRecord,
    ReasonMissing,
    ReasonTooLong,
    SectionsNotAllowed,
    SourceMissing,
}
