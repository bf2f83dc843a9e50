using System.Net;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// Says which hosts may be told: by https, and at public addresses only, unless a setting names the host as one inside. A name is resolved here, and the
/// connection goes to the address that was checked, so that a name cannot change what it means in between.
/// </summary>
internal sealed class Receivers(IOptions<SubscriptionOptions> options)
{
    private readonly HashSet<string> inside = new(options.Value.InsideHosts, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> only = new(options.Value.OnlyHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Why an endpoint cannot be told, as far as its address says; null where it may be.</summary>
    public string? Refusal(Uri endpoint)
    {
        string host = endpoint.IdnHost;
        if (inside.Contains(host))
        {
            return null;
        }

        return only.Count > 0 && !only.Contains(host) ? "The host of the endpoint is none that this server may tell."
            : endpoint.Scheme != Uri.UriSchemeHttps ? "The endpoint must be an https address."
            : IPAddress.TryParse(host, out IPAddress? address) && !PublicAddresses.Contain(address) ? "The endpoint is at an address that is not public."
            : null;
    }

    /// <summary>The addresses of a host that may be connected to; none there where it has none.</summary>
    public async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation)
    {
        IPAddress[] all = await Dns.GetHostAddressesAsync(host, cancellation);
        return inside.Contains(host) ? all : [.. all.Where(PublicAddresses.Contain)];
    }
}
