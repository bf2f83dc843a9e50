using System.Security.Cryptography;
using System.Text.Json;
using Canonbury.Access.Callers;
using Microsoft.AspNetCore.DataProtection;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// Tokens that let a websocket hear of some of a client's subscriptions, for a short while; every process can read them.
/// http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition-backport-subscription-get-ws-binding-token.html
/// </summary>
internal sealed class BindingTokens(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Canonbury.Subscriptions.Binding").ToTimeLimitedDataProtector();

    public (string Token, DateTimeOffset Expires) Make(Caller caller, IReadOnlyList<Guid> subscriptions)
    {
        DateTimeOffset expires = time.GetUtcNow() + Lifetime;
        return (protector.Protect(JsonSerializer.Serialize(new Binding(caller.Source!.Value.Value, subscriptions)), expires), expires);
    }

    /// <summary>What a token is for; null where it is none, or too old.</summary>
    public Binding? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<Binding>(protector.Unprotect(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal sealed record Binding(string Source, IReadOnlyList<Guid> Subscriptions);
}
