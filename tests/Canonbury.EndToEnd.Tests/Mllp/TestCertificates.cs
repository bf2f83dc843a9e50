using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Canonbury.EndToEnd.Tests.Mllp;

/// <summary>An authority of its own with a server certificate, in files, and client certificates; made for one test.</summary>
internal sealed class TestCertificates : IDisposable
{
    public const string Password = "test-only";

    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly DateTimeOffset To = From.AddDays(30);

    public TestCertificates()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Canonbury test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Authority = request.CreateSelfSigned(From, To);
        File.WriteAllText(AuthorityPem, Authority.ExportCertificatePem());

        using X509Certificate2 server = Issue("localhost", "1.3.6.1.5.5.7.3.1");
        File.WriteAllBytes(ServerPfx, server.Export(X509ContentType.Pfx, Password));
        File.WriteAllText(ServerPem, server.ExportCertificatePem());
        File.WriteAllText(ServerKey, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("canonbury-tls-").FullName;

    public X509Certificate2 Authority { get; }

    public string AuthorityPem => Path.Combine(Folder, "authority.pem");

    public string ServerPfx => Path.Combine(Folder, "server.pfx");

    public string ServerPem => Path.Combine(Folder, "server.pem");

    public string ServerKey => Path.Combine(Folder, "server.key");

    public X509Certificate2 Client(string name)
    {
        using X509Certificate2 issued = Issue(name, "1.3.6.1.5.5.7.3.2");
        return X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pfx, Password), Password);
    }

    public void Dispose()
    {
        Authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private X509Certificate2 Issue(string name, string purpose)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(Authority, From, To, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
