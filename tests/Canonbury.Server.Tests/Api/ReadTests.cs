using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Conditional reads, parts and forms of answers. https://hl7.org/fhir/R4/http.html#read and https://hl7.org/fhir/R4/http.html#parameters</summary>
public sealed class ReadTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Patient =
        """{"resourceType":"Patient","id":"part","active":true,"name":[{"family":"Adams"}],"gender":"female","maritalStatus":{"text":"x"}}""";

    [Theory]
    [InlineData("W/\"1\"", 304)]
    [InlineData("\"1\"", 304)]
    [InlineData("W/\"7\", W/\"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("W/\"2\"", 200)]
    [InlineData("nonsense", 200)]
    public async Task Read_IfNoneMatch_AnswersWithTheResourceWhereItIsAnother(string tag, int status)
    {
        await PutAsync();
        using HttpResponseMessage answer = await server.SendAsync("GET", "/fhir/Patient/part", headers: ("If-None-Match", tag));
        Assert.Equal((status, "W/\"1\""), ((int)answer.StatusCode, answer.Headers.ETag!.ToString()));
        Assert.Equal(status == 200, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length > 0);
    }

    [Fact]
    public async Task Read_IfModifiedSince_GoesByLastModified()
    {
        await PutAsync();
        using HttpResponseMessage first = await server.SendAsync("GET", "/fhir/Patient/part");
        DateTimeOffset modified = first.Content.Headers.LastModified!.Value;
        Assert.Equal(HttpStatusCode.NotModified, await Since(modified));
        Assert.Equal(HttpStatusCode.NotModified, await Since(modified.AddHours(1)));
        Assert.Equal(HttpStatusCode.OK, await Since(modified.AddSeconds(-1)));

        // RFC 9110 section 13.1.3: not looked at where there is If-None-Match.
        using HttpResponseMessage both = await server.SendAsync(
            "GET", "/fhir/Patient/part", headers: [("If-None-Match", "W/\"9\""), ("If-Modified-Since", modified.ToString("R"))]);
        Assert.Equal(HttpStatusCode.OK, both.StatusCode);
    }

    [Theory]
    [InlineData("_summary=true", "resourceType id meta active name gender")]
    [InlineData("_summary=text", "resourceType id meta")]
    [InlineData("_summary=data", "resourceType id meta active name gender maritalStatus")]
    [InlineData("_elements=gender,maritalStatus", "resourceType id meta gender maritalStatus")]
    [InlineData("_elements=Patient.name", "resourceType id meta name")]
    public async Task Read_OfAPart_IsMarked(string query, string names)
    {
        await PutAsync();
        foreach (string path in new[] { "/fhir/Patient/part?", "/fhir/Patient/part/_history/1?" })
        {
            JsonNode part = await ApiServer.BodyAsync(await server.SendAsync("GET", path + query));
            Assert.Equal(names.Split(' '), part.AsObject().Select(property => property.Key).Order(new AsWritten(names)));
            Assert.Equal("SUBSETTED", (string?)part["meta"]!["tag"]![0]!["code"]);
            Assert.Equal("1", (string?)part["meta"]!["versionId"]);
        }
    }

    [Theory]
    [InlineData("_summary=some", "http._summary")]
    [InlineData("_summary=count", "http._summary")]
    [InlineData("_elements=nothing", "http._elements")]
    [InlineData("_pretty=maybe", "http._pretty")]
    public async Task Read_WithAValueThatTheStandardDoesNotHave_IsRefused(string query, string element)
    {
        await PutAsync();
        await ApiServer.RefusedAsync(await server.SendAsync("GET", "/fhir/Patient/part?" + query), 400, "parameter-invalid", element);
    }

    [Theory]
    [InlineData("json", "application/fhir+json")]
    [InlineData("application/json", "application/fhir+json")]
    [InlineData("application/fhir+json", "application/fhir+json")]
    [InlineData("application/fhir%2Bjson;fhirVersion=4.0", "application/fhir+json")]
    [InlineData("xml", "application/fhir+xml")]
    [InlineData("XML", "application/fhir+xml")]
    [InlineData("text/xml", "application/fhir+xml")]
    [InlineData("application/xml", "application/fhir+xml")]
    [InlineData("application/fhir%2Bxml", "application/fhir+xml")]
    public async Task Format_InEachSpelling_IsBeforeAccept(string format, string type)
    {
        await PutAsync();
        string accept = type.EndsWith("xml", StringComparison.Ordinal) ? ApiServer.Json : ApiServer.Xml;
        using HttpResponseMessage read = await server.SendAsync("GET", "/fhir/Patient/part?_format=" + format, headers: ("Accept", accept));
        Assert.Equal((HttpStatusCode.OK, type), (read.StatusCode, read.Content.Headers.ContentType!.MediaType));
        using HttpResponseMessage posted = await server.SendAsync(
            "POST", "/fhir/Patient/_search", "_id=part&_format=" + format, type: "application/x-www-form-urlencoded", headers: ("Accept", accept));
        Assert.Equal((HttpStatusCode.OK, type), (posted.StatusCode, posted.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Format_OfAPostedForm_ThatWeDoNotHave_IsNotAcceptable() => await ApiServer.RefusedAsync(
        await server.SendAsync("POST", "/fhir/Patient/_search", "_id=part&_format=ttl", type: "application/x-www-form-urlencoded"), 406, "format-not-supported");

    [Fact]
    public async Task Form_WithTooManyParameters_IsRefused() => await ApiServer.RefusedAsync(
        await server.SendAsync(
            "POST", "/fhir/Patient/_search", string.Join('&', Enumerable.Range(0, 5000).Select(number => $"p{number}=1")), type: "application/x-www-form-urlencoded"),
        400, "body-unreadable");

    [Theory]
    [InlineData("json", "\n  \"gender\": \"female\"")]
    [InlineData("xml", "\n  <gender value=\"female\" />")]
    public async Task Pretty_IsLaidOut(string format, string line)
    {
        await PutAsync();
        using HttpResponseMessage read = await server.SendAsync("GET", $"/fhir/Patient/part?_pretty=true&_format={format}");
        Assert.Contains(line, await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> Since(DateTimeOffset time) =>
        (await server.SendAsync("GET", "/fhir/Patient/part", headers: ("If-Modified-Since", time.ToString("R")))).StatusCode;

    private async Task PutAsync() => Assert.True((await server.SendAsync("PUT", "/fhir/Patient/part", Patient)).IsSuccessStatusCode);

    private sealed class AsWritten(string names) : IComparer<string>
    {
        private readonly string[] order = names.Split(' ');

        public int Compare(string? x, string? y) => Array.IndexOf(order, x).CompareTo(Array.IndexOf(order, y));
    }
}
