using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Canonbury.Intake.Sources.Mllp;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Mllp;

public sealed class MllpTlsTests : IDisposable
{
    private readonly TestCertificates certificates = new();

    [Fact]
    public async Task Send_OverTls_IsAnswered()
    {
        await using MllpUnderTest server = Start(new MllpTlsOptions { Certificate = certificates.ServerPfx, Password = TestCertificates.Password });
        await using MllpClient client = await ConnectAsync(server.Port, null);
        Assert.Equal("AA", (await client.ExchangeAsync(MllpClient.Message("A1"))).Code);
    }

    [Fact]
    public async Task Send_OverTlsWithPemFiles_IsAnswered()
    {
        await using MllpUnderTest server = Start(new MllpTlsOptions { Certificate = certificates.ServerPem, Key = certificates.ServerKey });
        await using MllpClient client = await ConnectAsync(server.Port, null);
        Assert.Equal("AA", (await client.ExchangeAsync(MllpClient.Message("A1"))).Code);
    }

    [Theory]
    [InlineData("pas.example.test", true)]
    [InlineData("other.example.test", false)]
    public async Task Connect_WithAClientCertificate_IsAllowedByName(string allowed, bool isAllowed)
    {
        await using MllpUnderTest server = Start(Mutual(allowed));
        Assert.Equal(isAllowed, await IsServedAsync(server, certificates.Client("pas.example.test")));
    }

    [Fact]
    public async Task Connect_WithoutAClientCertificate_IsRefusedWhereOneIsAsked()
    {
        await using MllpUnderTest server = Start(Mutual());
        Assert.False(await IsServedAsync(server, null));
        Assert.True(await IsServedAsync(server, certificates.Client("anyone.example.test")));
    }

    [Fact]
    public async Task Connect_WithACertificateOfAnotherAuthority_IsRefused()
    {
        using TestCertificates others = new();
        await using MllpUnderTest server = Start(Mutual());
        Assert.False(await IsServedAsync(server, others.Client("pas.example.test")));
    }

    [Fact]
    public async Task Connect_InPlainTextToATlsPort_IsClosed()
    {
        await using MllpUnderTest server = Start(new MllpTlsOptions { Certificate = certificates.ServerPfx, Password = TestCertificates.Password });
        await using MllpClient client = await server.ConnectAsync();
        await client.SendAsync(MllpClient.Frame(MllpClient.Message("A1")));
        Assert.IsNotType<OperationCanceledException>(await Xunit.Record.ExceptionAsync(() => client.AnswerAsync()));
        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData("absent.pfx", "Certificate")]
    [InlineData("not-a-certificate.pem", "Certificate")]
    public void Load_OfAFileThatCannotBeUsed_NamesTheSettingAndTheFile(string file, string setting)
    {
        string path = Path.Combine(certificates.Folder, file);
        if (file.StartsWith("not", StringComparison.Ordinal))
        {
            File.WriteAllText(path, "hello");
        }

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => MllpTls.Load(new MllpTlsOptions { Certificate = path }, "Intake:Mllp:0:Tls"));
        Assert.Contains($"Intake:Mllp:0:Tls:{setting}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => certificates.Dispose();

    private static MllpUnderTest Start(MllpTlsOptions tls) => MllpUnderTest.Start(tls: MllpTls.Load(tls, "Intake:Mllp:0:Tls"));

    private MllpTlsOptions Mutual(params string[] allowed) => new()
    {
        Certificate = certificates.ServerPfx,
        Password = TestCertificates.Password,
        ClientCertificateAuthority = certificates.AuthorityPem,
        AllowedClients = [.. allowed],
    };

    /// <summary>In TLS 1.3 a client learns only when it reads that its certificate was refused.</summary>
    private async Task<bool> IsServedAsync(MllpUnderTest server, X509Certificate2? certificate)
    {
        try
        {
            await using MllpClient client = await ConnectAsync(server.Port, certificate);
            await client.SendAsync(MllpClient.Frame(MllpClient.Message("A1")));
            return (await client.AnswerAsync())?.Code == "AA";
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private async Task<MllpClient> ConnectAsync(int port, X509Certificate2? certificate)
    {
        TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        SslStream secured = new(tcp.GetStream());
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = certificate is null ? null : [certificate],
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { certificates.Authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        });
        return new MllpClient(secured, tcp);
    }
}
