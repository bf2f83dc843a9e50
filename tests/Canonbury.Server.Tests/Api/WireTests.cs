using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>HEAD, OPTIONS, other origins, compression, request ids and limits. https://hl7.org/fhir/R4/http.html</summary>
public sealed class WireTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static readonly string LongName = new('n', 5000);

    [Theory]
    [InlineData("/fhir/metadata")]
    [InlineData("/fhir/Patient/head")]
    [InlineData("/fhir/Patient/head/_history/1")]
    [InlineData("/fhir/Patient?_id=head")]
    [InlineData("/fhir/Patient/none")]
    public async Task Head_HasTheHeadersOfGetAndNoBody(string path)
    {
        await PutAsync("head", "Ada");
        using HttpResponseMessage get = await server.SendAsync("GET", path);
        using HttpResponseMessage head = await server.SendAsync("HEAD", path);
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(
            (get.Content.Headers.ContentLength, get.Content.Headers.ContentType, get.Content.Headers.LastModified, get.Headers.ETag),
            (head.Content.Headers.ContentLength, head.Content.Headers.ContentType, head.Content.Headers.LastModified, head.Headers.ETag));
        Assert.True(head.Content.Headers.ContentLength > 0);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/fhir", "POST")]
    [InlineData("/fhir/metadata", "GET, HEAD")]
    [InlineData("/fhir/Patient", "GET, HEAD, POST")]
    [InlineData("/fhir/Patient/_search", "POST")]
    [InlineData("/fhir/Patient/1/_history/1", "GET, HEAD")]
    public async Task Options_SaysWhatMayBeDone(string path, string allowed)
    {
        using HttpResponseMessage answer = await server.SendAsync("OPTIONS", path, client: "nobody");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.All(allowed.Split(", "), method => Assert.Contains(method, answer.Content.Headers.Allow));
        using HttpResponseMessage wrong = await server.SendAsync("PROPFIND", path);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, answer.Content.Headers.Allow.Count), (wrong.StatusCode, wrong.Content.Headers.Allow.Count));
    }

    [Fact]
    public async Task SearchPath_ByGet_IsNotAnId()
    {
        using HttpResponseMessage answer = await server.SendAsync("GET", "/fhir/Patient/_search");
        Assert.Contains("POST", answer.Content.Headers.Allow);
        await ApiServer.RefusedAsync(answer, 405, "method-not-supported");
    }

    [Fact]
    public async Task OtherOrigin_ThatIsNamed_MayCallAndReadTheHeaders()
    {
        using HttpResponseMessage preflight = await server.SendAsync(
            "OPTIONS", "/fhir/Patient/1", client: "nobody",
            headers: [("Origin", "https://app.example"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "authorization,if-match")]);
        Assert.Equal(
            (HttpStatusCode.NoContent, "https://app.example", true),
            (preflight.StatusCode, Header(preflight, "Access-Control-Allow-Origin"), Header(preflight, "Access-Control-Allow-Headers")?.Contains("if-match", StringComparison.Ordinal)));
        Assert.Contains("PUT", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);

        using HttpResponseMessage read = await server.SendAsync("GET", "/fhir/Patient/none", headers: ("Origin", "https://app.example"));
        Assert.Equal("https://app.example", Header(read, "Access-Control-Allow-Origin"));
        string[] exposed = Header(read, "Access-Control-Expose-Headers")!.Split(',');
        Assert.Equal(["Content-Location", "ETag", "Last-Modified", "Location", "X-Request-Id"], exposed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OtherOrigin_ThatIsNotNamed_MayNot()
    {
        using HttpResponseMessage read = await server.SendAsync("GET", "/fhir/metadata", headers: ("Origin", "https://other.example"));
        Assert.Null(Header(read, "Access-Control-Allow-Origin"));
        using HttpResponseMessage page = await server.SendAsync("GET", "/sign-in", headers: ("Origin", "https://app.example"));
        Assert.Null(Header(page, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task LongAnswer_IsCompressedWhereTheClientTakesIt(string encoding)
    {
        await PutAsync("long", LongName);
        using HttpResponseMessage answer = await server.SendAsync("GET", "/fhir/Patient/long", headers: ("Accept-Encoding", encoding));
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.Single());
        await using Stream body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream plain = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        JsonNode patient = (await JsonNode.ParseAsync(plain, cancellationToken: TestContext.Current.CancellationToken))!;
        Assert.Equal(LongName, (string?)patient["name"]![0]!["family"]);

        await PutAsync("short", "Ada");
        using HttpResponseMessage small = await server.SendAsync("GET", "/fhir/Patient/short", headers: ("Accept-Encoding", encoding));
        Assert.Empty(small.Content.Headers.ContentEncoding);
        using HttpResponseMessage page = await server.SendAsync("GET", "/sign-in", headers: ("Accept-Encoding", encoding));
        Assert.Empty(page.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task CompressedBody_IsRead_AndItsLimitIsThatOfWhatComesOutOfIt()
    {
        using HttpResponseMessage put = await SendZippedAsync($$$"""{"resourceType":"Patient","id":"zip","name":[{"family":"{{{LongName}}}"}]}""", "gzip");
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        await ApiServer.RefusedAsync(
            await SendZippedAsync($$$"""{"resourceType":"Patient","id":"zip","name":[{"family":"{{{new string('a', 3_000_000)}}}"}]}""", "gzip"), 413, "body-too-large");
        await ApiServer.RefusedAsync(await SendZippedAsync("{}", "zstd"), 415, "encoding-not-supported");
    }

    [Fact]
    public async Task CompressedBody_ThatIsNone_IsRefused()
    {
        using ByteArrayContent body = new(Encoding.UTF8.GetBytes("""{"resourceType":"Patient","id":"zip"}"""));
        await ApiServer.RefusedAsync(await SendAsync(body, "gzip"), 400, "body-unreadable");
    }

    [Fact]
    public async Task RequestId_IsTheClients_OrMade_AndStandsInTheAudit()
    {
        using HttpResponseMessage named = await server.SendAsync("GET", "/fhir/Patient/none", headers: ("X-Request-Id", "client-id-77"));
        Assert.Equal("client-id-77", Header(named, "X-Request-Id"));
        Assert.Contains("client-id-77", await server.JournalAsync(), StringComparison.Ordinal);
        using HttpResponseMessage made = await server.SendAsync("GET", "/fhir/Patient/none");
        Assert.Equal(32, Header(made, "X-Request-Id")!.Length);
        using HttpResponseMessage odd = await server.SendAsync("GET", "/fhir/Patient/none", headers: ("X-Request-Id", "<b>\"x\"</b>"));
        Assert.Equal(32, Header(odd, "X-Request-Id")!.Length);
    }

    [Fact]
    public async Task Limits_AreSaid()
    {
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient?_id=" + new string('a', 20_000)), 414, "url-too-long");
        string deep = string.Concat(Enumerable.Repeat("""{"extension":[""", 60));
        await ApiServer.RefusedAsync(await server.SendAsync("POST", "/fhir/Patient", """{"resourceType":"Patient","extension":[""" + deep), 400, "json-malformed");
        string entries = string.Join(',', Enumerable.Repeat("""{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}}""", 301));
        await ApiServer.RefusedAsync(
            await server.SendAsync("POST", "/fhir", $$$"""{"resourceType":"Bundle","type":"batch","entry":[{{{entries}}}]}"""), 413, "entries-too-many", "Bundle.entry");
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(',', values) : null;

    private async Task PutAsync(string id, string family) => Assert.True((await server.SendAsync(
        "PUT", "/fhir/Patient/" + id, $$$"""{"resourceType":"Patient","id":"{{{id}}}","name":[{"family":"{{{family}}}"}]}""")).IsSuccessStatusCode);

    private async Task<HttpResponseMessage> SendZippedAsync(string json, string encoding)
    {
        using MemoryStream zipped = new();
        await using (GZipStream zip = new(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken);
        }

        using ByteArrayContent body = new(zipped.ToArray());
        return await SendAsync(body, encoding);
    }

    private async Task<HttpResponseMessage> SendAsync(ByteArrayContent body, string encoding)
    {
        body.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        body.Headers.ContentEncoding.Add(encoding);
        return await server.SendAsync("PUT", "/fhir/Patient/zip", body);
    }
}
