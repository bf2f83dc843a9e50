using Canonbury.Access.Callers;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;

namespace Canonbury.Access.Audit;

/// <summary>
/// One thing that someone did or was refused (ISO 27789: who, in which role, when, what, about whom, why, with what outcome).
/// It names patients, not persons, so that it stays true when links change (design, rule 3).
/// </summary>
public sealed record AuditEntry
{
    /// <summary>Made by the application (UUIDv7); the grant of a granted request has the same id.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required AuditAction Action { get; init; }

    public required AuditOutcome Outcome { get; init; }

    /// <summary>The account or client; the name as typed where a sign-in failed; empty for a caller that is not known.</summary>
    public required string Caller { get; init; }

    public Role? Role { get; init; }

    /// <summary>The organisation's code, as the account had it then.</summary>
    public string? Organisation { get; init; }

    public GrantScope? Scope { get; init; }

    /// <summary>The grant under which something was shown.</summary>
    public Guid? Grant { get; init; }

    /// <summary>The patients that it is about: those linked to the person at that moment, or those that a search showed.</summary>
    public IReadOnlyList<PatientId> Patients { get; init; } = [];

    public string? Purpose { get; init; }

    /// <summary>What was searched for.</summary>
    public string? Query { get; init; }

    public ShownItems? Shown { get; init; }

    /// <summary>The refusal's code or the kind of failure.</summary>
    public string? Detail { get; init; }

    /// <summary>The address that the request came from.</summary>
    public string? Address { get; init; }

    public string? RequestId { get; init; }
}

/// <summary>What was done.</summary>
public enum AuditAction
{
    /// <summary>The first entry of each chain.</summary>
    OpenChain,
    SignIn,
    SignOut,
    IssueToken,

    /// <summary>A grant to read one person was asked for.</summary>
    View,
    Find,
    Search,
    Operate,
    Export,

    /// <summary>A request that nobody signed in for, or that the caller's role never allows.</summary>
    TurnAway,

    /// <summary>Data is about to leave under a grant.</summary>
    Show,
}

public enum AuditOutcome
{
    Done,
    Granted,
    Refused,
    Failed,
}
