namespace Canonbury.Access.Audit;

/// <summary>
/// Where a request came from, and what of it is in the audit so far. One for each request; <c>AuditGate</c> lets no data leave
/// while a grant of this request has not been followed by what it showed.
/// </summary>
/// <param name="address">The address of the caller's machine, where there is one.</param>
/// <param name="requestId">The trace or request id that logs also carry.</param>
public sealed class RequestOrigin(string? address, string requestId)
{
    private readonly Lock gate = new();
    private readonly HashSet<Guid> owed = [];
    private bool recorded;

    public string? Address { get; } = address;

    public string RequestId { get; } = requestId;

    /// <summary>True when the audit holds an entry of this request, and what is shown under each of its grants.</summary>
    public bool Settled
    {
        get
        {
            lock (gate)
            {
                return recorded && owed.Count == 0;
            }
        }
    }

    internal void Appended(AuditEntry entry)
    {
        lock (gate)
        {
            recorded = true;
            if (entry is { Outcome: AuditOutcome.Granted, Shown: null })
            {
                owed.Add(entry.Id);
            }
            else if (entry.Grant is { } grant)
            {
                owed.Remove(grant);
            }
        }
    }
}
