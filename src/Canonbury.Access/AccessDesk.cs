using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search;
using Microsoft.Extensions.Options;

namespace Canonbury.Access;

/// <summary>The person that a patient is linked to now; null where it is linked to nobody.</summary>
public delegate ValueTask<PersonId?> FindPersonOf(PatientId patient, CancellationToken cancellation);

/// <summary>The patients that are linked to a person now.</summary>
public delegate ValueTask<IReadOnlyList<PatientId>> FindPatientsOf(PersonId person, CancellationToken cancellation);

/// <summary>Which single resources a caller may not see, whatever the role allows; null where none is hidden.</summary>
public delegate Func<ResourceValues, bool>? FindHidden(Caller caller, AccessRequest request);

/// <summary>
/// The one door (design, rule 4): decides, writes the audit entry, and only then makes the grant. Every page and every API interaction
/// that reads people's data asks here first, and says here what it is about to show.
/// </summary>
public sealed class AccessDesk
{
    private const int LongestPath = 500;

    private readonly AuditTrail trail;
    private readonly FindPersonOf personOf;
    private readonly FindPatientsOf patientsOf;
    private readonly FindHidden hidden;
    private readonly TimeSpan grantLifetime;
    private readonly TimeProvider time;

    public AccessDesk(
        AuditTrail trail, FindPersonOf personOf, FindPatientsOf patientsOf, FindHidden hidden, IOptions<AccessOptions> options, TimeProvider time)
    {
        this.trail = trail;
        this.personOf = personOf;
        this.patientsOf = patientsOf;
        this.hidden = hidden;
        this.time = time;
        grantLifetime = TimeSpan.FromMinutes(options.Value.GrantMinutes);
    }

    /// <summary>Asks for a grant. The answer, either way, is in the audit when this returns.</summary>
    /// <param name="caller">Who asks; null for someone who is not signed in.</param>
    /// <exception cref="AuditUnavailableException">The answer could not be audited; so there is none.</exception>
    public async ValueTask<AccessAnswer> RequestAsync(
        Caller? caller, AccessRequest request, RequestOrigin origin, CancellationToken cancellation)
    {
        (AuditEntry entry, AccessDecision decision) = await DecideAsync(caller, request, cancellation);
        await trail.AppendAsync(entry, origin, cancellation);
        return Answer(entry, caller, request, decision);
    }

    /// <summary>
    /// Asks for a grant, reads under it, and says what is about to leave: one entry for what one request reads and shows. It is in the audit when
    /// this returns, also where the reading failed; for a grant under which something is written, ask with <see cref="RequestAsync"/>.
    /// </summary>
    /// <param name="read">Reads under the grant and says what it is about to show; it is not called where the request is refused.</param>
    /// <exception cref="AuditUnavailableException">It could not be audited; then it must not leave.</exception>
    public async ValueTask<AccessAnswer> ReadAsync(
        Caller? caller, AccessRequest request, Func<AccessGrant, Task<ShownItems>> read, RequestOrigin origin, CancellationToken cancellation)
    {
        (AuditEntry entry, AccessDecision decision) = await DecideAsync(caller, request, cancellation);
        AccessAnswer answer = Answer(entry, caller, request, decision);
        try
        {
            if (answer is AccessAnswer.Granted { Grant: { } grant })
            {
                entry = entry with { Shown = ShownItems.Nothing };
                ShownItems shown = await read(grant);
                entry = entry with { Shown = shown, Patients = [.. entry.Patients.Union(shown.Patients)] };
            }
        }
        finally
        {
            await trail.AppendAsync(entry, origin, cancellation);
        }

        return answer;
    }

    /// <summary>Says what is about to leave under a grant. <c>AuditGate</c> holds the response back until this was called.</summary>
    /// <exception cref="AuditUnavailableException">It could not be audited; then it must not leave.</exception>
    public ValueTask ShowAsync(Caller caller, AccessGrant grant, ShownItems shown, RequestOrigin origin, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        return trail.AppendAsync(
            new AuditEntry
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                Action = AuditAction.Show,
                Outcome = AuditOutcome.Done,
                Caller = caller.Account,
                Role = caller.Role,
                Organisation = caller.Organisation.Code,
                Scope = grant.Scope,
                Grant = grant.Id,
                Patients = shown.Patients,
                Shown = shown,
                Purpose = grant.Purpose,
            },
            origin,
            cancellation);
    }

    /// <summary>Audits that a request was turned away before it came here: nobody signed in, or the role may not see the page.</summary>
    /// <param name="path">What was asked for.</param>
    public ValueTask TurnAwayAsync(Caller? caller, string path, RequestOrigin origin, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        return trail.AppendAsync(
            new AuditEntry
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                Action = AuditAction.TurnAway,
                Outcome = AuditOutcome.Refused,
                Caller = caller?.Account ?? "",
                Role = caller?.Role,
                Organisation = caller?.Organisation.Code,
                Query = path.Length <= LongestPath ? path : path[..LongestPath],
                Detail = (caller is null ? RefusalCode.UnknownCaller : RefusalCode.RoleMayNot).ToString(),
            },
            origin,
            cancellation);
    }

    private async ValueTask<(AuditEntry Entry, AccessDecision Decision)> DecideAsync(
        Caller? caller, AccessRequest request, CancellationToken cancellation)
    {
        AccessFacts facts = caller?.Self is { } self ? new AccessFacts(await personOf(self, cancellation)) : AccessFacts.None;
        AccessDecision decision = AccessPolicy.Decide(caller, request, facts);
        DateTimeOffset now = time.GetUtcNow();
        AuditEntry entry = new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Action = request.Action,
            Outcome = decision is AccessDecision.Granted ? AuditOutcome.Granted : AuditOutcome.Refused,
            Caller = caller?.Account ?? "",
            Role = caller?.Role,
            Organisation = caller?.Organisation.Code,
            Scope = request.Scope,
            Patients = request.Person is { } person ? await patientsOf(person, cancellation) : [],
            Query = request.Query,
            Purpose = decision is AccessDecision.Granted allowed ? allowed.Purpose : null,
            Detail = decision is AccessDecision.Refused denied ? denied.Refusal.Code.ToString() : null,
        };
        return (entry, decision);
    }

    private AccessAnswer Answer(AuditEntry entry, Caller? caller, AccessRequest request, AccessDecision decision) => decision switch
    {
        AccessDecision.Granted granted => new AccessAnswer.Granted(Grant(entry, caller!, request, granted)),
        AccessDecision.Refused refused => new AccessAnswer.Refused(refused.Refusal),
        _ => throw new InvalidOperationException("A decision is granted or refused."),
    };

    private AccessGrant Grant(AuditEntry entry, Caller caller, AccessRequest request, AccessDecision.Granted granted) => new(
        entry.Id,
        request.Scope,
        request.Person,
        request.Scope is GrantScope.OwnSource or GrantScope.EverySource ? caller.Source : null,
        caller.Account,
        granted.Purpose,
        granted.Sections,
        hidden(caller, request),
        entry.At + grantLifetime);
}
