using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Person, <c>$everything</c>, <c>$summary</c> and <c>$lastn</c>, about a person whom two sources know.</summary>
public sealed class PersonOperationsTests(PersonOperationsTests.TwoSources sources) : IClassFixture<PersonOperationsTests.TwoSources>
{
    [Fact]
    public async Task Person_IsComputedFromTheLinks_AndNamesWhatTheGrantShows()
    {
        JsonNode bundle = await sources.GetAsync("Person?patient=ops-a");
        JsonNode person = Assert.Single(bundle["entry"]!.AsArray())!["resource"]!;
        Assert.Equal(["Patient/ops-a", "Patient/ops-b"], Targets(person));
        Assert.Equal("level3", (string?)person["link"]![0]!["assurance"]);
        Assert.Equal(["Patient/ops-a", "Patient/ops-b"], Targets(await sources.GetAsync($"Person/{(string)person["id"]!}")));

        JsonNode own = await sources.GetAsync($"Person/{(string)person["id"]!}", client: "kept-one");
        Assert.Equal(["Patient/ops-a"], Targets(own));
        using HttpResponseMessage none = await sources.Api.SendAsync("GET", $"fhir/Person/{Guid.NewGuid():D}", client: "record");
        await ApiServer.RefusedAsync(none, 404, "not-found");
    }

    [Fact]
    public async Task Patient_NamesTheOthersOfThePerson_AndTakesThemOffWhenItIsSentBack()
    {
        JsonNode patient = await sources.GetAsync("Patient/ops-a");
        JsonNode link = Assert.Single(patient["link"]!.AsArray())!;
        Assert.Equal(("Patient/ops-b", "seealso"), ((string?)link["other"]!["reference"], (string?)link["type"]));
        JsonNode own = await sources.GetAsync("Patient/ops-a", client: "kept-one");
        Assert.Null(own["link"]);

        using HttpResponseMessage sentBack = await sources.Api.SendAsync("PUT", "fhir/Patient/ops-a", patient.ToJsonString());
        Assert.True(sentBack.IsSuccessStatusCode);
        Assert.Equal((string?)own["meta"]!["versionId"], (string?)(await sources.GetAsync("Patient/ops-a", client: "kept-one"))["meta"]!["versionId"]);
    }

    // https://hl7.org/fhir/R4/operations.html#request
    [Fact]
    public async Task Operation_AskedForByPost_TakesItsParametersFromTheBody()
    {
        const string Body = """{"resourceType":"Parameters","parameter":[{"name":"_type","valueString":"Observation"},{"name":"_linked","valueBoolean":false}]}""";
        Assert.Equal(Sorted("weight-1 weight-2"), Ids(await PostAsync("Patient/ops-a/$everything", Body)));
        Assert.Equal(Ids(await sources.GetAsync("Patient/ops-a/$everything")), Ids(await PostAsync("Patient/ops-a/$everything", null)));
        Assert.Equal("document", (string?)(await PostAsync("Patient/ops-a/$summary", """{"resourceType":"Parameters"}"""))["type"]);

        using HttpResponseMessage other = await sources.Api.SendAsync("POST", "fhir/Patient/ops-a/$everything", """{"resourceType":"Patient"}""", "record");
        await ApiServer.RefusedAsync(other, 400, "type-mismatch");
        using HttpResponseMessage deep = await sources.Api.SendAsync(
            "POST", "fhir/Patient/ops-a/$everything", """{"resourceType":"Parameters","parameter":[{"name":"start","valuePeriod":{"start":"2024"}}]}""", "record");
        await ApiServer.RefusedAsync(deep, 400, "not-supported", "Parameters.parameter[0]");

        async Task<JsonNode> PostAsync(string path, string? body)
        {
            using HttpResponseMessage answer = await sources.Api.SendAsync("POST", "fhir/" + path, body, "record");
            return await ApiServer.BodyAsync(answer);
        }
    }

    [Fact]
    public async Task Everything_CoversEverySource_WithWhatItRefersTo()
    {
        Assert.Equal(Sorted("ops-a ops-b allergy-a weight-1 weight-2 bp-b ops-doctor"), Ids(await sources.GetAsync("Patient/ops-a/$everything")));
        Assert.Equal(Sorted("ops-a allergy-a weight-1 weight-2 ops-doctor"), Ids(await sources.GetAsync("Patient/ops-a/$everything?_linked=false")));
        Assert.Equal(Sorted("ops-a allergy-a weight-1 weight-2 ops-doctor"), Ids(await sources.GetAsync("Patient/ops-a/$everything", client: "kept-one")));
        Assert.Equal(Sorted("weight-1 weight-2 bp-b"), Ids(await sources.GetAsync("Patient/ops-a/$everything?_type=Observation")));
        Assert.Equal(Sorted("weight-2"), Ids(await sources.GetAsync("Patient/ops-a/$everything?_type=Observation&start=2024-02-01&end=2024-02-28")));
        JsonNode person = (await sources.GetAsync("Person?patient=ops-a"))["entry"]![0]!["resource"]!;
        Assert.Equal(7, (int?)(await sources.GetAsync($"Person/{(string)person["id"]!}/$everything"))["total"]);
    }

    [Fact]
    public async Task Everything_ByPages_ShowsEachOnce_PatientsFirst()
    {
        List<string> seen = [];
        string? next = "fhir/Patient/ops-b/$everything?_count=2";
        while (next is not null)
        {
            JsonNode bundle = await sources.GetAsync(next[(next.IndexOf("fhir/", StringComparison.Ordinal) + 5)..]);
            seen.AddRange(bundle["entry"]!.AsArray().Select(entry => (string)entry!["resource"]!["id"]!));
            next = (string?)bundle["link"]!.AsArray().FirstOrDefault(link => (string?)link!["relation"] == "next")?["url"];
        }

        Assert.Equal(["ops-a", "ops-b"], seen.Take(2).Order(StringComparer.Ordinal));
        Assert.Equal("ops-doctor", seen[^1]);
        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
    }

    [Fact]
    public async Task Summary_IsADocument_ThatSaysWhatIsMissing()
    {
        JsonNode document = await sources.GetAsync("Patient/ops-a/$summary");
        Assert.Equal("document", (string?)document["type"]);
        JsonNode composition = document["entry"]![0]!["resource"]!;
        Assert.Equal("60591-5", (string?)composition["type"]!["coding"]![0]!["code"]);
        JsonNode own = await sources.GetAsync("Patient/ops-a/$summary", client: "kept-one");
        string narrative = (string)composition["text"]!["div"]!;
        Assert.DoesNotContain("veiled", narrative, StringComparison.Ordinal);
        Assert.Contains("kept-two: as at", narrative, StringComparison.Ordinal);
        Assert.DoesNotContain("kept-two", (string)own["entry"]![0]!["resource"]!["text"]!["div"]!, StringComparison.Ordinal);
        JsonNode allergies = Section(composition, "48765-2");
        Assert.Contains("4\u00a0May\u00a02023", (string)allergies["text"]!["div"]!, StringComparison.Ordinal);
        Assert.EndsWith("AllergyIntolerance/allergy-a", (string?)Assert.Single(allergies["entry"]!.AsArray())!["reference"], StringComparison.Ordinal);
        Assert.NotNull(Section(composition, "10160-0")["emptyReason"]);
    }

    [Fact]
    public async Task LastN_IsTheNewestOfEachCode()
    {
        Assert.Equal(Sorted("weight-2 bp-b"), Ids(await sources.GetAsync("Observation/$lastn?patient=ops-a")));
        Assert.Equal(Sorted("weight-1 weight-2 bp-b"), Ids(await sources.GetAsync("Observation/$lastn?patient=ops-a&max=5")));
        using HttpResponseMessage nobody = await sources.Api.SendAsync("GET", "fhir/Observation/$lastn?code=x", client: "record");
        await ApiServer.RefusedAsync(nobody, 400, "parameter-required", "http.patient");
    }

    private static string[] Targets(JsonNode person) =>
        [.. person["link"]!.AsArray().Select(link => (string)link!["target"]!["reference"]!).Order(StringComparer.Ordinal)];

    private static JsonNode Section(JsonNode composition, string code) =>
        Assert.Single(composition["section"]!.AsArray(), section => (string?)section!["code"]!["coding"]![0]!["code"] == code)!;

    private static string Sorted(string ids) => string.Join(' ', ids.Split(' ').Order(StringComparer.Ordinal));

    private static string Ids(JsonNode bundle) =>
        string.Join(' ', bundle["entry"]!.AsArray().Select(entry => (string)entry!["resource"]!["id"]!).Order(StringComparer.Ordinal));

    /// <summary>One person as two sources know her.</summary>
    public sealed class TwoSources : IAsyncLifetime
    {
        public ApiServer Api { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Api.InitializeAsync();
            await PutAsync("kept-one", "Practitioner/ops-doctor", """ "name":[{"family":"Bell"}] """);
            foreach ((string client, string id) in new[] { ("kept-one", "ops-a"), ("kept-two", "ops-b") })
            {
                await PutAsync(client, $"Patient/{id}", """
                    "identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000026"}],"name":[{"family":"Osei","given":["Ama"]}],
                    "birthDate":"1962-07-09","address":[{"postalCode":"N1 1AA"}]
                    """);
            }

            await PutAsync("kept-one", "AllergyIntolerance/allergy-a", """
                "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},
                "code":{"text":"Penicillin"},"recordedDate":"2023-05-04","patient":{"reference":"Patient/ops-a"},"recorder":{"reference":"Practitioner/ops-doctor"}
                """);
            await PutAsync("kept-one", "Observation/weight-1", Observation("29463-7", "ops-a", "2024-01-05"));
            await PutAsync("kept-one", "Observation/weight-2", Observation("29463-7", "ops-a", "2024-02-05"));
            await PutAsync("kept-two", "Observation/bp-b", Observation("85354-9", "ops-b", "2024-03-05"));
        }

        public ValueTask DisposeAsync() => Api.DisposeAsync();

        public async Task<JsonNode> GetAsync(string path, string client = "record")
        {
            using HttpResponseMessage response = await Api.SendAsync("GET", "fhir/" + path, client: client);
            JsonNode body = await ApiServer.BodyAsync(response);
            Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
            return body;
        }

        private static string Observation(string code, string patient, string date) => $$"""
            "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"{{code}}"}]},"subject":{"reference":"Patient/{{patient}}"},"effectiveDateTime":"{{date}}"
            """;

        private async Task PutAsync(string client, string reference, string elements)
        {
            string[] parts = reference.Split('/');
            using HttpResponseMessage response = await Api.SendAsync(
                "PUT", $"fhir/{reference}", $$"""{"resourceType":"{{parts[0]}}","id":"{{parts[1]}}",{{elements}} }""", client);
            Assert.True(response.IsSuccessStatusCode, (await ApiServer.BodyAsync(response)).ToJsonString());
        }
    }
}
