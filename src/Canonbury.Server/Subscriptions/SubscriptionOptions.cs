using System.ComponentModel.DataAnnotations;

namespace Canonbury.Server.Subscriptions;

/// <summary>Where notifications may go and how long they are tried. Section <c>Subscriptions</c>.</summary>
public sealed class SubscriptionOptions
{
    public const string Section = "Subscriptions";

    /// <summary>The base of the FHIR API as receivers know it, for the URLs in notifications; none is the first of <c>Server:Url</c> with <c>/fhir</c>.</summary>
    [Url(ErrorMessage = "Subscriptions:BaseUrl must be an address such as https://record.example/fhir.")]
    public string? BaseUrl { get; set; }

    /// <summary>Hosts inside the own network: they may be told without TLS, and at addresses that are not public.</summary>
    public string[] InsideHosts { get; set; } = [];

    /// <summary>Where there are any, no other host but these and the inside ones is told anything.</summary>
    public string[] OnlyHosts { get; set; } = [];

    /// <summary>How long a receiver may take for its answer.</summary>
    [Range(1, 120, ErrorMessage = "Subscriptions:TimeoutSeconds must be between 1 and 120.")]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>The pause after the first failure; it doubles with each one more.</summary>
    [Range(0.01, 3600, ErrorMessage = "Subscriptions:RetrySeconds must be between 0.01 and 3600.")]
    public double RetrySeconds { get; set; } = 5;

    /// <summary>The longest pause.</summary>
    [Range(1, 86400, ErrorMessage = "Subscriptions:LongestRetrySeconds must be between 1 and 86400.")]
    public int LongestRetrySeconds { get; set; } = 900;

    /// <summary>After so many failures in a row a subscription is off.</summary>
    [Range(1, 100000, ErrorMessage = "Subscriptions:OffAfterFailures must be between 1 and 100000.")]
    public int OffAfterFailures { get; set; } = 200;

    /// <summary>After failing for so long a subscription is off.</summary>
    [Range(1, 8784, ErrorMessage = "Subscriptions:OffAfterHours must be between 1 and 8784.")]
    public int OffAfterHours { get; set; } = 48;

    /// <summary>For how long events are kept, delivered or not.</summary>
    [Range(1, 3660, ErrorMessage = "Subscriptions:KeepDays must be between 1 and 3660.")]
    public int KeepDays { get; set; } = 14;
}
