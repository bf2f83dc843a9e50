using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>Searches over HTTP: what search.html says, on a small record that is the same for every test here. https://hl7.org/fhir/R4/search.html</summary>
public sealed class SearchTests(SearchTests.Record record) : IClassFixture<SearchTests.Record>
{
    [Theory]
    [InlineData("Patient?family=okafor", "p1 p2")]
    [InlineData("Patient?given=ngozi", "p1")]
    [InlineData("Patient?name=okaf&gender=male", "p2")]
    [InlineData("Patient?identifier=urn:search:pas|A1", "p1")]
    [InlineData("Patient?identifier=a1", "p1")]
    [InlineData("Patient?identifier=urn:search:pas|A1,urn:search:pas|A2", "p1 p2")]
    [InlineData("Patient?birthdate=1980", "p1")]
    [InlineData("Patient?birthdate=gt1979-12-31&birthdate=lt1991", "p1 p2")]
    [InlineData("Patient?organization=Organization/o1", "p1")]
    [InlineData("Patient?organization.name=Canonbury", "p1")]
    [InlineData("Patient?_id=p1,p3", "p1 p3")]
    [InlineData("Observation?patient=p1", "k1 k2 bp1")]
    [InlineData("Observation?patient=Patient/p1&code=http://loinc.org|2823-3", "k1 k2")]
    [InlineData("Observation?subject:Patient=p1&date=2024-01", "k1")]
    [InlineData("Observation?code=2823-3&value-quantity=gt5", "k2 k3")]
    [InlineData("Observation?code-value-quantity=2823-3$gt5", "k2 k3")]
    [InlineData("Observation?patient.family=okafor&code=2823-3", "k1 k2 k3")]
    [InlineData("Observation?subject:Patient.identifier=urn:search:pas|A2", "k3")]
    [InlineData("Observation?patient.organization.name=canon", "k1 k2 bp1")]
    [InlineData("Observation?identifier=urn:search:lab|L-3", "k3")]
    [InlineData("Observation?component-value-quantity=gt130", "bp1")]
    [InlineData("Observation?category:not=vital-signs&patient=p1", "k1 k2")]
    [InlineData("Observation?performer=Practitioner/dr1", "k1")]
    [InlineData("Observation?has-member:missing=true&patient=p2", "k3")]
    [InlineData("Observation?code:in=http://search.example/ValueSet/electrolytes&patient=p1", "k1 k2")]
    [InlineData("Observation?code:not-in=ValueSet/electrolytes&patient=p1", "bp1")]
    [InlineData("Observation?code:text=serum&patient=p1", "k1 k2")]
    [InlineData("Observation?_content=serum&patient=p1", "k1 k2")]
    [InlineData("Patient?_has:Observation:patient:code=85354-9", "p1")]
    [InlineData("Patient?_has:Observation:patient:value-quantity=gt5&gender=male", "p2")]
    [InlineData("Practitioner?_has:Observation:performer:patient=p1", "dr1")]
    [InlineData("Practitioner?_has:Observation:performer:patient.given=ngozi", "dr1")]
    [InlineData("Organization?_has:Patient:organization:_has:Observation:patient:code=85354-9", "o1")]
    [InlineData("Patient/p1/Observation?code=2823-3", "k1 k2")]
    [InlineData("Patient/p2/*", "p2 k3 l1")]
    [InlineData("?_type=Patient,Observation&_id=p1,k1", "p1 k1")]
    [InlineData("Patient?_list=l1", "p2")]
    [InlineData("Observation?_tag=urn:search|odd", "k3")]
    [InlineData("Patient?family=nobody", "")]
    [InlineData("Observation?patient=unknown", "")]
    public async Task Search_Finds(string query, string expected)
    {
        JsonNode bundle = await record.GetAsync(query);
        Assert.Equal(Ids(expected), Ids(bundle, "match"));
    }

    [Theory]
    [InlineData("Observation?_id=k1&_include=Observation:patient", "p1")]
    [InlineData("Observation?_id=k1&_include=Observation:subject:Patient&_include=Observation:performer", "p1 dr1")]
    [InlineData("Observation?_id=k1&_include=Observation:patient&_include:iterate=Patient:organization", "p1 o1")]
    [InlineData("Observation?_id=k1&_include=Observation:subject:Group", "")]
    [InlineData("Observation?_id=k1&_include=*", "p1 dr1")]
    [InlineData("Patient?_id=p2&_revinclude=Observation:patient", "k3")]
    [InlineData("Patient?_id=p2&_revinclude=Observation:patient&_include=Patient:organization", "k3")]
    [InlineData("Organization?_id=o1&_revinclude=Patient:organization", "p1")]
    public async Task Search_Includes(string query, string expected)
    {
        JsonNode bundle = await record.GetAsync(query);
        Assert.Equal(Ids(expected), Ids(bundle, "include"));
    }

    [Theory]
    [InlineData("Observation?patient=p1&_sort=date", "k1 k2 bp1")]
    [InlineData("Observation?patient=p1&_sort=-date", "bp1 k2 k1")]
    [InlineData("Observation?patient=p1&_sort=code,-date", "k2 k1 bp1")]
    [InlineData("Patient?family=okafor&_sort=-birthdate", "p2 p1")]
    [InlineData("Patient?_sort=_id&_id=p3,p1,p2", "p1 p2 p3")]
    public async Task Search_Sorts(string query, string expected)
    {
        JsonNode bundle = await record.GetAsync(query);
        Assert.Equal(expected, string.Join(" ", Entries(bundle, "match")));
    }

    [Fact]
    public async Task Search_WithAnAbsoluteReference_AndByPost_FindsTheSame()
    {
        string patient = Uri.EscapeDataString($"{record.Api.Base}/Patient/p1");
        Assert.Equal(Ids("k1 k2 bp1"), Ids(await record.GetAsync($"Observation?patient={patient}"), "match"));
        using HttpResponseMessage posted = await record.Api.SendAsync(
            "POST", "fhir/Observation/_search?code=2823-3", new FormUrlEncodedContent([new("patient", "p1"), new("_count", "5")]));
        Assert.Equal(Ids("k1 k2"), Ids(await ApiServer.BodyAsync(posted), "match"));
    }

    [Fact]
    public async Task Search_ByPages_ShowsEachOnce_WhileOthersWrite()
    {
        for (int i = 0; i < 7; i++)
        {
            await record.PutAsync("Basic", $$"""{"resourceType":"Basic","id":"page-{{i}}","code":{"text":"page"},"subject":{"reference":"Patient/p3"} }""");
        }

        List<string> seen = [];
        string? next = "fhir/Basic?patient=p3&_count=3&_sort=-_lastUpdated";
        for (int page = 0; next is not null; page++)
        {
            using HttpResponseMessage response = await record.Api.SendAsync("GET", next);
            JsonNode bundle = await ApiServer.BodyAsync(response);
            seen.AddRange(Entries(bundle, "match"));
            next = Link(bundle, "next");
            await record.PutAsync("Basic", $$"""{"resourceType":"Basic","id":"new-{{page}}","code":{"text":"page"},"subject":{"reference":"Patient/p3"} }""");
        }

        Assert.Equal(["page-6", "page-5", "page-4", "page-3", "page-2", "page-1", "page-0"], seen);
    }

    [Fact]
    public async Task Page_OfAnotherCallerOrSearch_IsRefused()
    {
        string next = Link(await record.GetAsync("Observation?patient=p1&_count=1"), "next")!;
        using HttpResponseMessage other = await record.Api.SendAsync("GET", next, client: "kept-two");
        await ApiServer.RefusedAsync(other, 400, "parameter-invalid", "http._page");
        using HttpResponseMessage changed = await record.Api.SendAsync("GET", next.Replace("patient=p1", "patient=p2", StringComparison.Ordinal));
        await ApiServer.RefusedAsync(changed, 400, "parameter-invalid", "http._page");
    }

    [Fact]
    public async Task Total_IsGivenWhenAsked_AndCountAlone()
    {
        Assert.Equal(3, (int?)(await record.GetAsync("Observation?patient=p1&_total=accurate&_count=1"))["total"]);
        JsonNode counted = await record.GetAsync("Observation?patient=p1&_summary=count");
        Assert.Equal(3, (int?)counted["total"]);
        Assert.Null(counted["entry"]);
        Assert.Null((await record.GetAsync("Observation?patient=p1"))["total"]);
    }

    [Fact]
    public async Task UnknownParameter_IsPassedOverAndSaid_OrRefusedWhereTheClientIsStrict()
    {
        JsonNode bundle = await record.GetAsync("Patient?shoesize=9&family=okafor");
        Assert.Equal(Ids("p1 p2"), Ids(bundle, "match"));
        Assert.EndsWith("/Patient?family=okafor", Link(bundle, "self"), StringComparison.Ordinal);
        JsonNode outcome = Assert.Single(bundle["entry"]!.AsArray(), entry => (string?)entry!["search"]!["mode"] == "outcome")!;
        Assert.Equal("http.shoesize", (string?)outcome["resource"]!["issue"]![0]!["expression"]![0]);

        using HttpResponseMessage strict = await record.Api.SendAsync("GET", "fhir/Patient?shoesize=9", headers: ("Prefer", "handling=strict"));
        await ApiServer.RefusedAsync(strict, 400, "parameter-unknown", "http.shoesize");
    }

    [Theory]
    [InlineData("Patient?birthdate=soon", "parameter-value-invalid")]
    [InlineData("Patient?family:soundex=x", "modifier-not-supported")]
    [InlineData("Patient?_has:Nothing:x:y=1", "has-malformed")]
    [InlineData("Observation?code:in=http://nowhere/ValueSet/x", "value-set-unknown")]
    [InlineData("Patient?_count=many", "parameter-value-invalid")]
    [InlineData("?_type=Patient,Pet", "resource-type-unknown")]
    [InlineData("Patient?_page=abc", "parameter-invalid")]
    public async Task Search_ThatIsWrong_IsRefusedByName(string query, string code)
    {
        using HttpResponseMessage response = await record.Api.SendAsync("GET", "fhir/" + query);
        await ApiServer.RefusedAsync(response, 400, code);
    }

    [Fact]
    public async Task Client_FindsItsOwnSourcesResourcesOnly_AndTheRecordsClientAll()
    {
        using HttpResponseMessage other = await record.Api.SendAsync("GET", "fhir/Patient?family=okafor&_summary=count", client: "kept-two");
        Assert.Equal(0, (int?)(await ApiServer.BodyAsync(other))["total"]);
        using HttpResponseMessage all = await record.Api.SendAsync("GET", "fhir/Patient?family=okafor", client: "record");
        Assert.Equal(Ids("p1 p2"), Ids(await ApiServer.BodyAsync(all), "match"));
    }

    [Fact]
    public async Task WhatNobodyCanBeFoundFor_IsKept_ForItsSourceAlone()
    {
        await record.PutAsync("Observation", """{"resourceType":"Observation","id":"whose","status":"final","code":{"text":"x"},"subject":{"display":"a person"}}""");
        Assert.Equal("whose", Ids(await record.GetAsync("Observation?_id=whose"), "match"));
        foreach (string client in new[] { "record", "kept-two" })
        {
            using HttpResponseMessage searched = await record.Api.SendAsync("GET", "fhir/Observation?_id=whose", client: client);
            Assert.Null((await ApiServer.BodyAsync(searched))["entry"]);
            foreach (string path in new[] { "fhir/Observation/whose", "fhir/Observation/whose/_history" })
            {
                using HttpResponseMessage read = await record.Api.SendAsync("GET", path, client: client);
                await ApiServer.RefusedAsync(read, 404, "not-found");
            }
        }
    }

    [Fact]
    public async Task WhatIsAboutSeveralPatients_IsMaskedForTheSakeOfEach()
    {
        await record.PutAsync("Patient", """{"resourceType":"Patient","id":"group-open","name":[{"family":"Openly"}]}""");
        await record.PutAsync("Patient", """
            {"resourceType":"Patient","id":"group-safe","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]},"name":[{"family":"Safely"}]}
            """);
        await record.PutAsync("Appointment", """
            {"resourceType":"Appointment","id":"group","status":"booked","participant":[
             {"actor":{"reference":"Patient/group-open"},"status":"accepted"},{"actor":{"reference":"Patient/group-safe"},"status":"accepted"},
             {"actor":{"reference":"Location/refuge","display":"The refuge"},"status":"accepted"}]}
            """);
        foreach (string path in new[]
        {
            "Appointment?patient=group-open", "Appointment?patient=group-safe", "Appointment/group", "Appointment/group/_history", "Appointment/group/_history/1",
            "Patient/group-open/$everything", "Appointment/_history",
        })
        {
            using HttpResponseMessage masked = await record.Api.SendAsync("GET", "fhir/" + path, client: "record");
            string seen = await masked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(masked.IsSuccessStatusCode && seen.Contains("\"booked\"", StringComparison.Ordinal) && !seen.Contains("refuge", StringComparison.Ordinal), $"{path}: {seen}");
            using HttpResponseMessage own = await record.Api.SendAsync("GET", "fhir/" + path);
            Assert.Contains("The refuge", await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using HttpResponseMessage searched = await record.Api.SendAsync("GET", "fhir/Appointment?location=Location/refuge", client: "record");
        Assert.Null((await ApiServer.BodyAsync(searched))["entry"]);
    }

    [Fact]
    public async Task SearchByPatient_CoversEveryPatientOfThePerson_UnlessItSaysOtherwise()
    {
        const string Number = """{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"}""";
        foreach ((string client, string id) in new[] { ("kept-one", "same-a"), ("kept-two", "same-b") })
        {
            await record.PutAsync("Patient", $$"""{"resourceType":"Patient","id":"{{id}}","identifier":[{{Number}}],"name":[{"family":"Same","given":["One"]}],"birthDate":"1950-05-05","address":[{"postalCode":"N1 1AA"}]}""", client);
            await record.PutAsync("Flag", $$"""{"resourceType":"Flag","id":"flag-{{id}}","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/{{id}}"} }""", client);
        }

        Assert.Single(record.Api.PeopleOf("kept-one").Intersect(record.Api.PeopleOf("kept-two")));
        foreach ((string query, string expected) in new[]
        {
            ("Flag?patient=same-a", "flag-same-a flag-same-b"), ("Flag?patient=same-a&_linked=false", "flag-same-a"), ("Patient/same-b/Flag", "flag-same-a flag-same-b"),
            ("Flag?patient.identifier=9990000018", "flag-same-a flag-same-b"),
        })
        {
            using HttpResponseMessage response = await record.Api.SendAsync("GET", "fhir/" + query, client: "record");
            Assert.Equal((query, Ids(expected)), (query, Ids(await ApiServer.BodyAsync(response), "match")));
        }
    }

    private static string Ids(string expected) => string.Join(' ', expected.Split(' ').Order(StringComparer.Ordinal));

    private static string Ids(JsonNode bundle, string mode) => string.Join(' ', Entries(bundle, mode).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Entries(JsonNode bundle, string mode) => (bundle["entry"]?.AsArray() ?? [])
        .Where(entry => (string?)entry!["search"]!["mode"] == mode).Select(entry => (string)entry!["resource"]!["id"]!);

    private static string? Link(JsonNode bundle, string relation) =>
        (string?)bundle["link"]!.AsArray().FirstOrDefault(link => (string?)link!["relation"] == relation)?["url"];

    /// <summary>The record that is searched.</summary>
    public sealed class Record : IAsyncLifetime
    {
        public ApiServer Api { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Api.InitializeAsync();
            await PutAsync("Organization", """{"resourceType":"Organization","id":"o1","name":"Canonbury Practice"}""");
            await PutAsync("Practitioner", """{"resourceType":"Practitioner","id":"dr1","name":[{"family":"Bell"}]}""");
            await PutAsync("ValueSet", """{"resourceType":"ValueSet","id":"electrolytes","url":"http://search.example/ValueSet/electrolytes","status":"active","compose":{"include":[{"system":"http://loinc.org","concept":[{"code":"2823-3"}]}]}}""");
            await PutAsync("Patient", """{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:search:pas","value":"A1"}],"name":[{"family":"Okafor","given":["Ngozi"]}],"gender":"female","birthDate":"1980-02-03","managingOrganization":{"reference":"Organization/o1"}}""");
            await PutAsync("Patient", """{"resourceType":"Patient","id":"p2","identifier":[{"system":"urn:search:pas","value":"A2"}],"name":[{"family":"Okafor","given":["Emeka"]}],"gender":"male","birthDate":"1990-02-03"}""");
            await PutAsync("Patient", """{"resourceType":"Patient","id":"p3","name":[{"text":"Unknown"}]}""");
            await PutAsync("List", """{"resourceType":"List","id":"l1","status":"current","mode":"working","subject":{"reference":"Patient/p2"},"entry":[{"item":{"reference":"Patient/p2"}}]}""");
            await PutAsync("Observation", Potassium("k1", "p1", "2024-01-10", "4.2", "\"performer\":[{\"reference\":\"Practitioner/dr1\"}],"));
            await PutAsync("Observation", Potassium("k2", "p1", "2024-02-10", "5.9", ""));
            await PutAsync("Observation", Potassium("k3", "p2", "2024-03-10", "6.1", "\"identifier\":[{\"system\":\"urn:search:lab\",\"value\":\"L-3\"}],\"meta\":{\"tag\":[{\"system\":\"urn:search\",\"code\":\"odd\"}]},"));
            await PutAsync("Observation", """{"resourceType":"Observation","id":"bp1","status":"final","category":[{"coding":[{"code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2024-04-01","component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":140,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}""");
        }

        public ValueTask DisposeAsync() => Api.DisposeAsync();

        public async Task<JsonNode> GetAsync(string query)
        {
            using HttpResponseMessage response = await Api.SendAsync("GET", "fhir/" + query);
            JsonNode body = await ApiServer.BodyAsync(response);
            Assert.True(response.StatusCode == HttpStatusCode.OK, body.ToJsonString());
            return body;
        }

        public async Task PutAsync(string type, string json, string client = "kept-one")
        {
            string id = (string)JsonNode.Parse(json)!["id"]!;
            using HttpResponseMessage response = await Api.SendAsync("PUT", $"fhir/{type}/{id}", json, client);
            Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        }

        private static string Potassium(string id, string patient, string date, string value, string more) => $$"""
            {"resourceType":"Observation","id":"{{id}}",{{more}}"status":"final","category":[{"coding":[{"code":"laboratory"}]}],
             "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}],"text":"Serum potassium"},"subject":{"reference":"Patient/{{patient}}"},
             "effectiveDateTime":"{{date}}","valueQuantity":{"value":{{value}},"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"} }
            """;
    }
}
