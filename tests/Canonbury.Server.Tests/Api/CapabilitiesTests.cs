using System.Net;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Json;
using Canonbury.TestData.Samples;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>What the CapabilityStatement claims is done, claim by claim (feature J1). https://hl7.org/fhir/R4/http.html#capabilities</summary>
public sealed class CapabilitiesTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async System.Threading.Tasks.Task EverySearchParameterThatIsClaimed_IsUnderstoodByAStrictSearch()
    {
        List<string> broken = [];
        int searched = 0;
        foreach (JsonNode resource in await ResourcesAsync())
        {
            string type = (string)resource["type"]!;
            foreach (JsonNode? parameter in resource["searchParam"]!.AsArray())
            {
                (string name, string value) = Sample((string)parameter!["name"]!, (string)parameter["type"]!, type);
                string query = $"fhir/{type}?{name}={Uri.EscapeDataString(value)}&_count=1";
                using HttpResponseMessage response = await server.SendAsync("GET", query, headers: ("Prefer", "handling=strict"));
                searched++;
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    broken.Add($"{query}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(10)));
        Assert.True(searched > 2000, $"{searched} parameters were searched by");
    }

    [Fact]
    public async System.Threading.Tasks.Task EveryInclusionThatIsClaimed_IsUnderstoodByAStrictSearch()
    {
        foreach (JsonNode resource in (await ResourcesAsync()).Where(resource => resource["searchInclude"] is not null))
        {
            string type = (string)resource["type"]!;
            IEnumerable<string> inclusions = resource["searchInclude"]!.AsArray().Select(one => $"_include={(string)one!}")
                .Concat((resource["searchRevInclude"]?.AsArray() ?? []).Select(one => $"_revinclude={(string)one!}"));
            foreach (string[] some in inclusions.Chunk(90))
            {
                using HttpResponseMessage response = await server.SendAsync(
                    "GET", $"fhir/{type}?_id=none&{string.Join('&', some)}", headers: ("Prefer", "handling=strict"));
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{type}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
        }
    }

    [Fact]
    public async System.Threading.Tasks.Task EveryInteractionThatIsClaimed_IsDone()
    {
        Assert.SkipWhen(FhirSamples.Missing, SampleData.Reason);
        Dictionary<string, Resource> examples = FhirSamples.All()
            .Where(sample => sample.Origin == "fhir-r4/hl7-spec-examples" && sample.Format == WireFormat.Json)
            .Select(sample => FhirJson.Parse(sample.Body))
            .Where(parsed => parsed is { IsValid: true, Resource.Id: not null })
            .Select(parsed => parsed.Resource!)
            .GroupBy(resource => resource.TypeName)
            .ToDictionary(group => group.Key, group => group.First());
        List<string> broken = [];
        int exercised = 0;
        foreach (JsonNode resource in await ResourcesAsync())
        {
            string type = (string)resource["type"]!;
            HashSet<string> claimed = [.. resource["interaction"]!.AsArray().Select(one => (string)one!["code"]!)];
            if (!claimed.Contains("update") || !examples.TryGetValue(type, out Resource? example))
            {
                continue;
            }

            string at = $"fhir/{type}/{example.Id}";
            using HttpResponseMessage put = await server.SendAsync("PUT", at, System.Text.Encoding.UTF8.GetString(FhirJson.ToUtf8(example)));
            if (put.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
            {
                broken.Add($"update {at}: {(int)put.StatusCode} {await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
                continue;
            }

            exercised++;
            await ExpectAsync(broken, claimed, "read", "GET", at, HttpStatusCode.OK);
            await ExpectAsync(broken, claimed, "vread", "GET", at + "/_history/1", HttpStatusCode.OK);
            await ExpectAsync(broken, claimed, "history-instance", "GET", at + "/_history", HttpStatusCode.OK);
            await ExpectAsync(broken, claimed, "history-type", "GET", $"fhir/{type}/_history?_count=1", HttpStatusCode.OK);
            await ExpectAsync(broken, claimed, "search-type", "GET", $"fhir/{type}?_id={example.Id}", HttpStatusCode.OK);
            await ExpectAsync(
                broken, claimed, "patch", "PATCH", at, HttpStatusCode.OK, """[{"op":"add","path":"/language","value":"en-GB"}]""", "application/json-patch+json");
            await ExpectAsync(broken, claimed, "delete", "DELETE", at, HttpStatusCode.NoContent);
            example.Id = null;
            await ExpectAsync(
                broken, claimed, "create", "POST", $"fhir/{type}", HttpStatusCode.Created, System.Text.Encoding.UTF8.GetString(FhirJson.ToUtf8(example)));
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(10)));
        Assert.True(exercised > 60, $"{exercised} types were exercised");
    }

    [Fact]
    public async System.Threading.Tasks.Task EveryExportThatIsClaimed_Begins()
    {
        await server.SendAsync("PUT", "fhir/Group/claimed", """{"resourceType":"Group","id":"claimed","type":"person","actual":true}""");
        using HttpResponseMessage response = await server.SendAsync("GET", "fhir/metadata");
        JsonNode rest = (await ApiServer.BodyAsync(response))["rest"]![0]!;
        string[] claimed =
        [
            .. Exports(rest).Select(_ => "$export"),
            .. rest["resource"]!.AsArray().SelectMany(type => Exports(type!), (type, _) => (string)type!["type"]! is "Group" ? "Group/claimed/$export" : $"{type["type"]}/$export"),
        ];
        Assert.Equal(["$export", "Group/claimed/$export", "Patient/$export"], claimed);
        foreach (string path in claimed)
        {
            using HttpResponseMessage begun = await server.SendAsync("GET", "fhir/" + path, headers: ("Prefer", "respond-async"));
            Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        }

        static IEnumerable<JsonNode?> Exports(JsonNode of) => (of["operation"]?.AsArray() ?? []).Where(operation => (string?)operation!["name"] == "export");
    }

    private async System.Threading.Tasks.Task ExpectAsync(
        List<string> broken, HashSet<string> claimed, string interaction, string method, string path, HttpStatusCode status, string? body = null, string type = ApiServer.Json)
    {
        using HttpResponseMessage response = await server.SendAsync(method, path, body, type: type);
        if (!claimed.Contains(interaction) || response.StatusCode != status)
        {
            broken.Add($"{interaction} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }
    }

    private async System.Threading.Tasks.Task<List<JsonNode>> ResourcesAsync()
    {
        using HttpResponseMessage response = await server.SendAsync("GET", "fhir/metadata");
        JsonNode statement = await ApiServer.BodyAsync(response);
        return [.. statement["rest"]![0]!["resource"]!.AsArray().Select(resource => resource!)];
    }

    private static (string Name, string Value) Sample(string name, string kind, string type) => (name, kind) switch
    {
        ("_has", _) => ("_has:Provenance:target:_id", "x"),
        ("_list", _) => (name, "x"),
        ("near", _) => (name, "51.5|-0.1|5|km"),
        ("chromosome-variant-coordinate" or "chromosome-window-coordinate" or "referenceseqid-variant-coordinate" or "referenceseqid-window-coordinate", _) => (name, "1$lt5$gt2"),
        (_, "composite") => (name, Composite(name)),
        (_, "date") => (name, "ge2024-01-01"),
        (_, "number") => (name, "5"),
        (_, "quantity") => (name, "5|http://unitsofmeasure.org|mg"),
        (_, "reference") => (name, "x"),
        (_, "uri") => (name, $"urn:{type}"),
        _ => (name, "x"),
    };

    private static string Composite(string name) => name.EndsWith("quantity", StringComparison.Ordinal) ? "x$5" : name.EndsWith("date", StringComparison.Ordinal) ? "x$2024" : "x$y";
}
