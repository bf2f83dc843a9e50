using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Server.Tests.Api;
using Canonbury.TestData.Samples;
using CsCheck;
using Xunit;

namespace Canonbury.Server.Tests.Hostile;

/// <summary>Whatever is sent, the server never fails: it does it, or refuses it with an OperationOutcome.</summary>
public sealed class FuzzedRequestsTests(HostileServer server) : IClassFixture<HostileServer>
{
    private static readonly string[] Types = ["Patient", "Observation", "Bundle", "Questionnaire", "Nothing", "patient", "$export", "metadata", "_history"];

    private static readonly string[] Names =
    [
        "_id", "_lastUpdated", "_tag", "_profile", "_security", "_source", "_text", "_content", "_list", "_filter", "_query", "_type", "_has:Observation:patient:code",
        "_include", "_include:iterate", "_revinclude", "_sort", "_count", "_summary", "_elements", "_total", "_contained", "_format", "_pretty", "_after", "_cursor",
        "_page", "patient", "patient:Patient", "subject", "subject:identifier", "patient.name", "subject:Patient.birthdate", "identifier", "identifier:of-type", "code",
        "code:text", "code:in", "code:not", "date", "value-quantity", "component-code-value-quantity", "name", "name:exact", "name:contains", "birthdate", "gender:missing",
        "general-practitioner", "url:below", "address-postalcode", "x", "", ":", "%", "a\0b", "constructor", "patient:", "date:missing:missing",
    ];

    private static readonly string[] Values =
    [
        "", "a", "|", "||", "a|", "|a", "a|b|c", ",", "a,b,,c", "\\", "\\,", "a\\", "$", "a$b$c", "Patient/1", "Patient/1/_history/2", "http://x.example/Patient/1", "urn:uuid:x",
        "#", "true", "false", "maybe", "2020", "2020-13", "ge2020-01-01", "gt", "eb0000", "sa9999-12-31T24:00:00Z", "ap2020-02-30", "lt2020-01-01T00:00:00+99:99", "0", "-1",
        "1e400", "ap1e-400|http://unitsofmeasure.org|mg", "5.40|u|v|w", "99999999999999999999999", "Observation:subject", "Observation:subject:Patient", "*", "*:*", "-date,code",
        "count", "data", "id,meta", "json", "xml", "application/fhir+xml", "accurate", "\u0000", "\u0001", "\ud83d\ude00", "\u202e", "%", "%zz", "'; DROP TABLE resource; --", "<script>", "{}",
        "code eq \"x\" and (", new string('a', 5000), new string(',', 5000),
    ];

    private static readonly Gen<string> Junk = Gen.Char[(char)0, (char)0x2FF].Array[0, 12].Select(letters => new string(letters));

    private static readonly Gen<string> Query = Gen
        .Select(Gen.OneOf(Gen.OneOf(Names), Junk), Gen.OneOf(Gen.OneOf(Values), Junk), Gen.Bool)
        .Array[0, 4]
        .Select(pairs => string.Join('&', pairs.Select(pair => pair.Item3
            ? $"{Uri.EscapeDataString(pair.Item1)}={Uri.EscapeDataString(pair.Item2)}"
            : Printable($"{pair.Item1}={pair.Item2}"))));

    private static readonly Gen<string> Path = Gen
        .OneOf(
            Gen.OneOf(Types), Gen.OneOf("_search", "_history", "$everything", "$summary", "1", "*", "..", ".", "%2e%2e", "%2f", "%00", "-", new string('i', 65), new string('i', 4000)),
            Junk.Select(Uri.EscapeDataString))
        .Array[0, 5]
        .Select(parts => "/fhir/" + string.Join('/', parts));

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e999", "\"\"", "{}", "[]", "\\u0000", "\\ud800", "\"resourceType\":\"Patient\",", "\"id\":\"a/b\",", "\"reference\":\"#x\",",
        "\"reference\":\"Patient/1/2/3\",", "\"reference\":\"urn:uuid:\",", "\"url\":\"?\",", "\"contained\":[{}],", "\"meta\":{\"versionId\":\"-\"},", "\u0001", "\uFEFF",
        "<", ">", "/>", "<!--", "]]>", "&amp;", "&#0;", "<?x?>", " value=\"", " xmlns=\"\"", " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", "<extension/>", "<id value=\"\"/>",
    ];

    private static readonly (string Path, string Type, byte[] Body)[] Seeds = [.. Examples()];

    private static readonly Gen<(string Path, string Type, byte[] Body)> Mutated = Gen
        .Select(Gen.OneOf(Seeds), Gen.Select(Gen.Int[0, 5], Gen.Double.Unit, Gen.Double.Unit, Gen.OneOf(Tokens), Gen.Byte).Array[1, 4])
        .Select((seed, changes) => (seed.Path, seed.Type, changes.Aggregate(seed.Body, Change)));

    [Fact]
    public Task Queries_NeverMakeItFail() => Gen.Select(Gen.OneOf(Types), Query).SampleAsync(
        async (type, query) => await FineAsync("GET", $"/fhir/{type}?{query}"), iter: 1_500, threads: 1);

    [Fact]
    public Task PostedSearches_NeverMakeItFail() => Query.SampleAsync(
        async query => await FineAsync("POST", "/fhir/Patient/_search", Encoding.UTF8.GetBytes(query), "application/x-www-form-urlencoded"), iter: 500, threads: 1);

    [Fact]
    public Task Paths_NeverMakeItFail() => Gen
        .Select(Gen.OneOf("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"), Path, Query)
        .SampleAsync(async (method, path, query) => await FineAsync(method, $"{path}?{query}"), iter: 1_500, threads: 1);

    [Fact]
    public Task MutatedExamples_NeverMakeItFail() => Mutated.SampleAsync(
        async request => await FineAsync("POST", request.Path, request.Body, request.Type), iter: 3_000, threads: 1);

    private static IEnumerable<(string Path, string Type, byte[] Body)> Examples()
    {
        string[] own =
        [
            """{"resourceType":"Patient","id":"p","identifier":[{"system":"u:x","value":"1"}],"name":[{"family":"A","given":["B"]}],"gender":"male","birthDate":"1980-01-01"}""",
            """
            {"resourceType":"Observation","contained":[{"resourceType":"Patient","id":"p","gender":"male"}],"status":"final","code":{"text":"x"},"subject":{"reference":"#p"},
            "valueQuantity":{"value":1.50,"unit":"g"},"effectiveDateTime":"2020-01-01T10:00:00Z"}
            """,
            """
            {"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:8b6e6f0a-4b0e-4a37-9c1c-2f0e5f4f5a01","request":{"method":"POST","url":"Patient"},
            "resource":{"resourceType":"Patient","gender":"male"}},{"request":{"method":"PUT","url":"Observation/o","ifMatch":"W/\"1\""},"resource":{"resourceType":"Observation","id":"o",
            "status":"final","code":{"text":"x"},"subject":{"reference":"urn:uuid:8b6e6f0a-4b0e-4a37-9c1c-2f0e5f4f5a01"}}},{"request":{"method":"DELETE","url":"Patient/gone"}}]}
            """,
        ];
        IEnumerable<FhirSample> samples = FhirSamples.Missing ? [] : FhirSamples.In("fhir-r4").Where(sample => sample.Body.Length < 8_000 && sample.Format == WireFormat.Json).Take(150);
        foreach (byte[] json in own.Select(Encoding.UTF8.GetBytes).Concat(samples.Select(sample => sample.Body)))
        {
            if (FhirJson.Parse(json) is { IsValid: true, Resource: { } resource })
            {
                string path = resource is Hl7.Fhir.Model.Bundle ? "/fhir" : "/fhir/" + resource.TypeName;
                yield return (path, ApiServer.Json, json);
                yield return (path, ApiServer.Xml, FhirXml.ToUtf8(resource));
            }
        }
    }

    private static byte[] Change(byte[] body, (int Kind, double At, double To, string Token, byte Byte) change)
    {
        int at = (int)(change.At * body.Length);
        int to = Math.Min(body.Length, at + 1 + (int)(change.To * 40));
        return change.Kind switch
        {
            0 => [.. body[..at], .. Encoding.UTF8.GetBytes(change.Token), .. body[at..]],
            1 => [.. body[..at], .. body[to..]],
            2 => [.. body[..to], .. body[at..]],
            3 => [.. body[..at], change.Byte, .. body[to..]],
            4 => body[..at],
            _ => [.. body[..at], .. body[at..to].Reverse(), .. body[to..]],
        };
    }

    // What a client could put on the request line as it is.
    private static string Printable(string text) => string.Concat(text.Select(letter => letter is > ' ' and < (char)0x7F and not '#' ? letter.ToString() : Uri.HexEscape((char)(letter & 0xFF))));

    private async Task FineAsync(string method, string path, byte[]? body = null, string? type = null)
    {
        Answer answer = await server.SendAsync(method, path, body, type);

        // The web server itself refuses what is no HTTP, and other addresses have pages.
        bool isFhir = new Uri(server.Base, path).AbsolutePath.StartsWith("/fhir", StringComparison.Ordinal);
        bool isSaid = answer.Status < 400 || answer.Codes is { Count: > 0 } || method == "HEAD" || answer.Status is 414 or 431
            || (answer.Status == 400 && path.Contains("%00", StringComparison.Ordinal)) || !isFhir;
        Assert.True(answer.Status < 500 && isSaid, $"{method} {path} {(body is null ? "" : Encoding.UTF8.GetString(body))}\n{answer}");
    }
}
