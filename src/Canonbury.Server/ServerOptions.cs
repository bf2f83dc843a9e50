using System.ComponentModel.DataAnnotations;
using Canonbury.Server.Api.Profiles;

namespace Canonbury.Server;

/// <summary>Where the server listens and what it allows a client. Section <c>Server</c>.</summary>
public sealed class ServerOptions : IValidatableObject
{
    public const string Section = "Server";

    /// <summary>Where pages and FHIR API listen; more than one with <c>;</c> between them.</summary>
    [Required(ErrorMessage = "Server:Url is empty: name an address such as http://127.0.0.1:8080.")]
    [RegularExpression(@"https?://[^;\s]+(;https?://[^;\s]+)*", ErrorMessage = "Server:Url must be an address such as http://127.0.0.1:8080.")]
    public string Url { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The largest body of a request, in megabytes.</summary>
    [Range(1, 1024, ErrorMessage = "Server:MaxBodyMegabytes must be between 1 and 1024.")]
    public int MaxBodyMegabytes { get; set; } = 64;

    [Range(1, 1_000_000, ErrorMessage = "Server:MaxConnections must be between 1 and 1000000.")]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>How long a client may take to send its headers.</summary>
    [Range(1, 120, ErrorMessage = "Server:HeadersSeconds must be between 1 and 120.")]
    public int HeadersSeconds { get; set; } = 15;

    /// <summary>How long a stop waits for what is under way.</summary>
    [Range(1, 600, ErrorMessage = "Server:StopSeconds must be between 1 and 600.")]
    public int StopSeconds { get; set; } = 20;

    /// <summary>The most entries of a bundle that is sent.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Server:MaxBundleEntries must be between 1 and 1000000.")]
    public int MaxBundleEntries { get; set; } = 10_000;

    /// <summary>Origins (scheme, host and port) whose pages may call <c>/fhir</c> from a browser; <c>*</c> for all.</summary>
    public string[] CorsOrigins { get; set; } = [];

    /// <summary>A folder with profiles, value sets and code systems; none knows no profile.</summary>
    public string? ProfilesFolder { get; set; }

    /// <summary>What is done with a resource that does not keep to a profile that it claims and that is known.</summary>
    [EnumDataType(typeof(ProfilesOnPush), ErrorMessage = "Server:ProfilesOnPush must be Off, Warn or Refuse.")]
    public ProfilesOnPush ProfilesOnPush { get; set; }

    /// <summary>Where traces and metrics are sent by OTLP; empty sends nothing.</summary>
    [Url(ErrorMessage = "Server:OtlpEndpoint must be an address such as http://127.0.0.1:4317.")]
    public string? OtlpEndpoint { get; set; }

    /// <summary>Log lines as JSON, one object a line.</summary>
    public bool LogJson { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ProfilesFolder is { } folder && !Directory.Exists(folder))
        {
            yield return new ValidationResult("Server:ProfilesFolder must be a folder that exists.");
        }
    }
}
