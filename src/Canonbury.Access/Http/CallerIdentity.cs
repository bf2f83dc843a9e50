using System.Security.Claims;
using Canonbury.Access.Callers;

namespace Canonbury.Access.Http;

/// <summary>Carries the caller through ASP.NET Core's pipeline; made by the two sign-in schemes only.</summary>
public sealed class CallerIdentity : ClaimsIdentity
{
    internal CallerIdentity(Caller caller, string scheme)
        : base([new Claim(ClaimTypes.Name, caller.Account), new Claim(ClaimTypes.Role, caller.Role.ToString())], scheme) => Caller = caller;

    public Caller Caller { get; }

    /// <summary>The caller of a request; null where nobody is signed in.</summary>
    public static Caller? Of(ClaimsPrincipal user) => user.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller;
}
