namespace Canonbury.Intake.Sources.Mllp;

/// <summary>TLS 1.2 or later on an MLLP port; with <see cref="ClientCertificateAuthority"/> set, mutual.</summary>
public sealed class MllpTlsOptions
{
    /// <summary>The server's certificate: a PFX file, or a PEM file with the chain.</summary>
    public string Certificate { get; set; } = string.Empty;

    /// <summary>The private key as a PEM file, where <see cref="Certificate"/> is PEM and does not hold it.</summary>
    public string? Key { get; set; }

    /// <summary>The password of the PFX file or of the key.</summary>
    public string? Password { get; set; }

    /// <summary>A PEM file of the authorities whose client certificates are accepted; then a client must show one.</summary>
    public string? ClientCertificateAuthority { get; set; }

    /// <summary>Common names or DNS names of the clients that may connect; empty allows each one that the authority signed.</summary>
    public IList<string> AllowedClients { get; init; } = [];

    /// <summary>True: a client certificate is checked for revocation online, and refused where that cannot be known.</summary>
    public bool CheckRevocation { get; set; }
}
