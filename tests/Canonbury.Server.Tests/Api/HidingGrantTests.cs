using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>
/// Under a grant that hides some resources, every interaction answers as a server that never had them: no count, page, inclusion, condition or
/// history tells (design, rule 4; feature J2).
/// </summary>
public sealed partial class HidingGrantTests
{
    private const int Patients = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EveryInteraction_UnderAHidingGrant_AnswersAsIfWhatIsHiddenWereNotThere(int seed)
    {
        await using ApiServer whole = new();
        await using ApiServer without = new();
        await whole.InitializeAsync();
        await without.InitializeAsync();
        List<(string Type, string Id)> hidden = [];
        foreach ((string type, string id, string json) in Resources(new Random(seed)))
        {
            await PutAsync(whole, type, id, json);
            if (id.Contains("veil", StringComparison.Ordinal))
            {
                hidden.Add((type, id));
            }
            else
            {
                await PutAsync(without, type, id, json);
            }
        }

        Assert.NotEmpty(hidden);
        string[] requests =
        [
            .. Queries(),
            .. hidden.SelectMany(one => new[] { $"{one.Type}/{one.Id}", $"{one.Type}/{one.Id}/_history", $"{one.Type}/{one.Id}/_history/1", $"{one.Type}?_id={one.Id}" }),
            .. hidden.Select(one => $"Observation?patient={one.Id}"),
        ];
        foreach (string request in requests)
        {
            string expected = await AllPagesAsync(without, "record", request);
            string actual = await AllPagesAsync(whole, "veiled", request);
            Assert.True(expected == actual, $"{request}\nas if not there: {expected}\nhidden: {actual}");
        }
    }

    private static IEnumerable<string> Queries() =>
    [
        "Observation?_summary=count", "Observation?_count=3", "Observation?_sort=-date&_count=2", "Observation?_total=accurate&_count=4",
        "Patient?_count=2&_revinclude=Observation:patient", "Observation?_include=Observation:patient&_include=Observation:performer&_count=5",
        "Observation?patient.family=fern", "Patient?_has:Observation:patient:code=weight", "Practitioner?_has:Observation:performer:code=weight",
        "Patient?_has:Observation:patient:performer.name=bell", "Observation?performer:Practitioner.name=bell&_sort=_id", "Patient/p-1/*", "Patient/p-2/Observation",
        "Patient?_list=list-0", "?_type=Patient,Observation&_count=7", "_history?_count=4", "Observation/_history", "Patient/p-1/_history",
        "Observation?performer:missing=true&_sort=date", "Observation?_has:List:item:_id=list-0", "Observation?identifier=urn:hide|3",
        "Patient/p-1/$everything", "Patient/p-2/$everything?_count=2", "Observation/$lastn?patient=p-1&max=3", "Person?patient=p-1", "Patient/$meta",
        "Practitioner/dr-1/Observation", "Patient?_id=p-1&_include:iterate=Patient:link&_revinclude:iterate=List:item",
    ];

    private static IEnumerable<(string Type, string Id, string Json)> Resources(Random random)
    {
        string Named(string name) => random.Next(3) == 0 ? $"{name}-veil" : name;
        string[] doctors = [Named("dr-0"), "dr-1", Named("dr-2")];
        foreach (string doctor in doctors)
        {
            yield return ("Practitioner", doctor, $$"""{"resourceType":"Practitioner","id":"{{doctor}}","name":[{"family":"Bell"}]}""");
        }

        for (int i = 0; i < Patients; i++)
        {
            string patient = i is 1 or 2 ? $"p-{i}" : Named($"p-{i}");
            string family = i % 2 == 0 ? "Fern" : "Moss";
            yield return ("Patient", patient, $$"""{"resourceType":"Patient","id":"{{patient}}","name":[{"family":"{{family}}"}]}""");
            for (int k = 0; k < 4; k++)
            {
                string observation = Named($"o-{i}-{k}");
                string performer = k == 3 ? "" : $$""","performer":[{"reference":"Practitioner/{{doctors[random.Next(doctors.Length)]}}"}]""";
                string code = random.Next(2) == 0 ? "weight" : "height";
                string day = (10 + random.Next(18)).ToString(CultureInfo.InvariantCulture);
                yield return ("Observation", observation, $$"""
                    {"resourceType":"Observation","id":"{{observation}}","identifier":[{"system":"urn:hide","value":"{{k}}"}],"status":"final","code":{"coding":[{"code":"{{code}}"}]},
                     "subject":{"reference":"Patient/{{patient}}"},"effectiveDateTime":"2024-05-{{day}}"{{performer}} }
                    """);
            }

            string items = string.Join(',', Enumerable.Range(0, 2).Select(k => $$"""{"item":{"reference":"Patient/p-{{(i + k) % Patients}}"} }"""));
            string list = i == 0 ? "list-0" : Named($"list-{i}");
            yield return ("List", list, $$"""{"resourceType":"List","id":"{{list}}","status":"current","mode":"working","subject":{"reference":"Patient/{{patient}}"},"entry":[{{items}}]}""");
        }
    }

    private static async Task PutAsync(ApiServer server, string type, string id, string json)
    {
        using HttpResponseMessage response = await server.SendAsync("PUT", $"fhir/{type}/{id}", json);
        Assert.True(response.IsSuccessStatusCode, json);
    }

    /// <summary>The status and the bodies of all pages, without what differs between two servers.</summary>
    private static async Task<string> AllPagesAsync(ApiServer server, string client, string request)
    {
        List<string> pages = [];
        for (string? next = "fhir/" + request; next is not null && pages.Count < 50;)
        {
            using HttpResponseMessage response = await server.SendAsync("GET", next, client: client);
            JsonNode body = await ApiServer.BodyAsync(response);
            next = (string?)body["link"]?.AsArray().FirstOrDefault(link => (string?)link!["relation"] == "next")?["url"];
            body.AsObject().Remove("link");
            pages.Add($"{(int)response.StatusCode} {Differing().Replace(body.ToJsonString(), "")}");
        }

        Assert.True(pages.Count < 50, request);
        return string.Join('\n', pages);
    }

    [GeneratedRegex("""http://127\.0\.0\.1:\d+|"(lastUpdated|lastModified|source|timestamp)":"[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}""")]
    private static partial Regex Differing();
}
