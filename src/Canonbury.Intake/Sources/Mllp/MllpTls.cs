using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>Turns the TLS configuration of a port into what a handshake needs, and judges client certificates.</summary>
public static class MllpTls
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Reads the files. Throws <see cref="InvalidOperationException"/> with what to change when one cannot be used.</summary>
    public static SslServerAuthenticationOptions Load(MllpTlsOptions options, string section)
    {
        X509Certificate2Collection chain = [];
        X509Certificate2 server = Read($"{section}:Certificate", options.Certificate, () => ReadServer(options, chain));
        if (!server.HasPrivateKey)
        {
            throw new InvalidOperationException($"{section}:Certificate '{options.Certificate}' has no private key. Name the key file in {section}:Key.");
        }

        X509Certificate2Collection? authorities = options.ClientCertificateAuthority is { Length: > 0 } file
            ? Read($"{section}:ClientCertificateAuthority", file, () => ReadAuthorities(file))
            : null;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(server, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = authorities is not null,
            RemoteCertificateValidationCallback = (_, certificate, sent, _) =>
                authorities is null || (certificate is not null && Accepts(options, authorities, certificate, sent)),
        };
    }

    private static bool Accepts(MllpTlsOptions options, X509Certificate2Collection authorities, X509Certificate certificate, X509Chain? sent)
    {
        using X509Certificate2 client = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        chain.ChainPolicy.RevocationMode = options.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        bool isAllowed = options.AllowedClients.Count == 0
            || Names(client).Any(name => options.AllowedClients.Contains(name, StringComparer.OrdinalIgnoreCase));
        return isAllowed && chain.Build(client);
    }

    private static IEnumerable<string> Names(X509Certificate2 certificate)
    {
        yield return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        foreach (X509SubjectAlternativeNameExtension names in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (string name in names.EnumerateDnsNames())
            {
                yield return name;
            }
        }
    }

    private static X509Certificate2 ReadServer(MllpTlsOptions options, X509Certificate2Collection chain)
    {
        if (X509Certificate2.GetCertContentType(options.Certificate) == X509ContentType.Pfx)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(options.Certificate, options.Password);
        }

        chain.ImportFromPemFile(options.Certificate);
        return options.Password is { Length: > 0 } password
            ? X509Certificate2.CreateFromEncryptedPemFile(options.Certificate, password, options.Key)
            : X509Certificate2.CreateFromPemFile(options.Certificate, options.Key);
    }

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("The file holds no certificate in PEM form.");
    }

    private static T Read<T>(string setting, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException($"{setting} '{file}' cannot be used: {exception.Message} Name a readable PFX or PEM file.", exception);
        }
    }
}
