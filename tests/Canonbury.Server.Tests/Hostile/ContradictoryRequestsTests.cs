using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Canonbury.Server.Tests.Hostile;

/// <summary>
/// Requests that are no HTTP/1.1 (RFC 9112): refused by the web server before they are a request of FHIR, with nothing left behind. What smuggles
/// requests past proxies (section 11.2) must not be read in two ways.
/// </summary>
public sealed class ContradictoryRequestsTests(HostileServer server) : IClassFixture<HostileServer>
{
    private const string Body = """{"resourceType":"Patient","gender":"male"}""";

    [Theory]
    [InlineData("a length and chunks", "Content-Length: 42\r\nTransfer-Encoding: chunked\r\n", Body)]
    [InlineData("two lengths", "Content-Length: 42\r\nContent-Length: 41\r\n", Body)]
    [InlineData("a list of lengths", "Content-Length: 42, 41\r\n", Body)]
    [InlineData("a length below nothing", "Content-Length: -1\r\n", Body)]
    [InlineData("a length that is no number", "Content-Length: 4x\r\n", Body)]
    [InlineData("a length beyond every number", "Content-Length: 99999999999999999999999\r\n", Body)]
    [InlineData("a coding that is not known", "Transfer-Encoding: gzip\r\n", Body)]
    [InlineData("chunked, but not at last", "Transfer-Encoding: chunked, gzip\r\n", Body)]
    [InlineData("a chunk without a size", "Transfer-Encoding: chunked\r\n", "x\r\n" + Body)]
    [InlineData("a chunk that is longer than its size", "Transfer-Encoding: chunked\r\n", "5\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("a NUL in a header", "X-More: a\0b\r\nContent-Length: 42\r\n", Body)]
    [InlineData("a space in front of the colon", "Content-Length : 42\r\n", Body)]
    [InlineData("a folded header", "X-More: a\r\n b\r\nContent-Length: 42\r\n", Body)]
    [InlineData("two hosts", "Host: other.example\r\nContent-Length: 42\r\n", Body)]
    public async Task Contradiction_IsRefused(string what, string headers, string body)
    {
        long before = server.Rows();
        (int status, _) = await ExchangeAsync($"POST /fhir/Patient HTTP/1.1\r\nHost: {server.Base.Authority}\r\nAuthorization: Bearer {server.Token}\r\n"
            + $"Content-Type: application/fhir+json\r\n{headers}\r\n{body}");
        Assert.True(status is >= 400 and < 500 or 501, $"{what}: {status}");
        Assert.Equal(before, server.Rows());
    }

    [Theory]
    [InlineData("GET /fhir/Patient HTTP/1.1\r\n\r\n")]
    [InlineData("GET /fhir/Patient HTTP/7.0\r\nHost: x\r\n\r\n")]
    [InlineData("GET  /fhir/Patient HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("/fhir/Patient\r\n\r\n")]
    [InlineData("GET /fhir/Patient?a=\u0001 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /fhir/Patient/%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GE\0T /fhir/Patient HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task RequestLine_ThatIsNone_IsRefused(string request) => Assert.InRange((await ExchangeAsync(request)).Status, 400, 505);

    [Fact]
    public async Task BodyThatEndsBeforeItsLength_LeavesNothingBehind()
    {
        long before = server.Rows();
        (int status, _) = await ExchangeAsync($"POST /fhir/Patient HTTP/1.1\r\nHost: {server.Base.Authority}\r\nAuthorization: Bearer {server.Token}\r\n"
            + $"Content-Type: application/fhir+json\r\nContent-Length: 100\r\n\r\n{Body}", endsHere: true);
        Assert.True(status is 0 or 400, status.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(before, server.Rows());
    }

    [Fact]
    public async Task BodyThatGoesOnAfterItsLength_IsReadToItsLengthOnly()
    {
        (int status, string text) = await ExchangeAsync($"POST /fhir/Patient HTTP/1.1\r\nHost: {server.Base.Authority}\r\nAuthorization: Bearer {server.Token}\r\n"
            + $"Content-Type: application/fhir+json\r\nContent-Length: 20\r\n\r\n{Body}");
        Assert.Equal(400, status);
        Assert.Contains("json-malformed", text, StringComparison.Ordinal);
    }

    /// <summary>Sends the text and reads what comes until the server closes, or one whole answer is there; status 0 where there is none.</summary>
    /// <param name="endsHere">Closes the sending side after it.</param>
    private async Task<(int Status, string Text)> ExchangeAsync(string request, bool endsHere = false)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Base.Host, server.Base.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        if (endsHere)
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }

        StringBuilder answer = new();
        byte[] buffer = new byte[16 * 1024];
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, patience.Token)) > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (answer.ToString().Contains("\"issue\":", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (Exception closed) when (closed is IOException or OperationCanceledException)
        {
            // What had come before it was closed is the answer.
        }

        string text = answer.ToString();
        return (text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(text[9..12], CultureInfo.InvariantCulture) : 0, text);
    }
}
