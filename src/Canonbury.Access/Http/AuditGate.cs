using System.Diagnostics;
using Canonbury.Access.Audit;
using Microsoft.AspNetCore.Http;

namespace Canonbury.Access.Http;

/// <summary>Marks an endpoint that never answers with people's data: sign-in, health, style sheets, the capability statement.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoPersonalDataAttribute : Attribute;

/// <summary>
/// Lets no successful answer begin before the audit holds it (feature G1): an endpoint that is not marked with
/// <see cref="NoPersonalDataAttribute"/> must have asked <see cref="AccessDesk"/> and said what it shows under every grant. Forgetting
/// is a bug: the answer is then 500, without a byte of data.
/// </summary>
public sealed class AuditGate(RequestDelegate next)
{
    /// <summary>The origin of this request, the same object each time.</summary>
    public static RequestOrigin Origin(HttpContext context)
    {
        if (context.Features.Get<RequestOrigin>() is { } there)
        {
            return there;
        }

        string requestId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        RequestOrigin origin = new(context.Connection.RemoteIpAddress?.ToString(), requestId);
        context.Features.Set(origin);
        return origin;
    }

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(Check, context);
        return next(context);
    }

    private static Task Check(object state)
    {
        HttpContext context = (HttpContext)state;
        bool carriesData = context.Response.StatusCode is >= 200 and < 300
            && context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<NoPersonalDataAttribute>() is null;
        return carriesData && !Origin(context).Settled
            ? throw new InvalidOperationException(
                $"{context.GetEndpoint()?.DisplayName} answers before the audit holds what it shows: "
                + "call AccessDesk.ShowAsync, or mark it with NoPersonalData.")
            : Task.CompletedTask;
    }
}
