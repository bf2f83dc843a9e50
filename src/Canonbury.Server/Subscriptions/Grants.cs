using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Record.Subscriptions;
using Canonbury.Server.Api;

namespace Canonbury.Server.Subscriptions;

/// <summary>Asks for the grant under which a subscription's client is told something, as if it asked itself at that moment.</summary>
internal sealed class Grants(AccessDesk desk, ClientCallers callers, TimeProvider time)
{
    /// <summary>For how long events are found under one grant; each delivery asks anew.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, (AccessGrant? Grant, DateTimeOffset Until)> known = [];

    /// <summary>The grant under which events are found; null where the client may see nothing. For one caller at a time.</summary>
    public async ValueTask<AccessGrant?> ToFindAsync(StoredSubscription subscription, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (known.TryGetValue(subscription.Key, out (AccessGrant? Grant, DateTimeOffset Until) found) && now < found.Until)
        {
            return found.Grant;
        }

        AccessGrant? grant = null;
        await ReadAsync(
            subscription,
            given =>
            {
                grant = given;
                return Task.FromResult(ShownItems.Nothing);
            },
            cancellation);
        DateTimeOffset until = now + Remembered;
        known[subscription.Key] = (grant, grant?.Expires < until ? grant.Expires : until);
        return grant;
    }

    /// <summary>Reads under a new grant; what is about to leave is in the audit when this returns.</summary>
    /// <returns>False where the client may not read, and nothing was.</returns>
    public async Task<bool> ReadAsync(StoredSubscription subscription, Func<AccessGrant, Task<ShownItems>> read, CancellationToken cancellation)
    {
        Caller? caller = callers.Find(subscription.Source);
        string name = "Subscription/" + subscription.Resource.Id;
        return await desk.ReadAsync(caller, FhirCall.Request(caller) with { Query = name }, read, new RequestOrigin(null, name), cancellation) is AccessAnswer.Granted;
    }
}
