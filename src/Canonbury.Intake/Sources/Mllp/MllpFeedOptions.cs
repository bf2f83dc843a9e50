using System.ComponentModel.DataAnnotations;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>One MLLP port: section <c>Intake:Mllp:0</c> and so on.</summary>
public sealed class MllpFeedOptions
{
    /// <summary>The feed's name in Operations and in logs; by default <c>mllp-</c> and the port.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "Name must be 1 to 63 lower-case letters, digits and hyphens, such as gp-emis-adt.")]
    public string? Name { get; set; }

    /// <summary>The address to listen on. Default 127.0.0.1, this machine only; <c>0.0.0.0</c> or <c>::</c> for all.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; 0 lets the system choose one (tests). Default 2575.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 2575;

    /// <summary>The code of the source whose messages arrive here; empty where MSH-3 and MSH-4 of each message say it.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "Source must be a source's code: 1 to 63 lower-case letters, digits and hyphens.")]
    public string? Source { get; set; }

    /// <summary>The zone of times without an offset, by its IANA name. Default Europe/London.</summary>
    [Required]
    public string Zone { get; set; } = "Europe/London";

    /// <summary>The largest message, in bytes; a larger one is answered AR and skipped. Default 16 MiB.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxMessageBytes { get; set; } = 16 << 20;

    /// <summary>Connections at the same time; the next one is answered AE and closed. Default 1000.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 1000;

    /// <summary>Messages of one connection that may wait for their acknowledgement at the same time. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxPipelined { get; set; } = 256;

    /// <summary>A connection on which no whole message arrives for this many seconds is closed. Default 3600.</summary>
    [Range(1, 7 * 86_400)]
    public int IdleSeconds { get; set; } = 3600;

    /// <summary>A connection whose sender takes no acknowledgement for this many seconds is closed. Default 60.</summary>
    [Range(1, 3600)]
    public int AckSeconds { get; set; } = 60;

    /// <summary>TLS; null for none.</summary>
    public MllpTlsOptions? Tls { get; set; }

    /// <summary>The feed's name, given or made.</summary>
    public string FeedId => Name ?? $"mllp-{Port}";
}
