using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Canonbury.Fhir.Validation.Profiles;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Validation.Profiles;

/// <summary>What a profile may ask for, one thing at a time. https://hl7.org/fhir/R4/elementdefinition.html and https://hl7.org/fhir/R4/profiling.html</summary>
public sealed class ProfileValidationTests
{
    private const string Url = "http://example.org/StructureDefinition/one";

    [Theory]
    [InlineData("""{"id":"Observation.subject","path":"Observation.subject","min":1}""", "", "cardinality-too-few Observation.subject")]
    [InlineData("""{"id":"Observation.subject","path":"Observation.subject","min":1}""", ""","subject":{"display":"x"}""", "")]
    [InlineData("""{"id":"Observation.note","path":"Observation.note","max":"0"}""", ""","note":[{"text":"x"}]""", "cardinality-too-many Observation.note")]
    [InlineData("""{"id":"Observation.code","path":"Observation.code","patternCodeableConcept":{"coding":[{"system":"s","code":"c"}]}}""", "", "pattern-mismatch Observation.code")]
    [InlineData("""{"id":"Observation.code","path":"Observation.code","patternCodeableConcept":{"text":"code"}}""", "", "")]
    [InlineData("""{"id":"Observation.status","path":"Observation.status","fixedCode":"amended"}""", "", "fixed-mismatch Observation.status")]
    [InlineData("""{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"Quantity"}]}""", ""","valueString":"x" """, "type-not-allowed Observation.value")]
    [InlineData("""{"id":"Observation.valueQuantity","path":"Observation.valueQuantity","max":"0"}""", ""","valueQuantity":{"value":1}""", "cardinality-too-many Observation.valueQuantity")]
    [InlineData("""{"id":"Observation.valueQuantity","path":"Observation.valueQuantity","max":"0"}""", ""","valueString":"x" """, "")]
    [InlineData(
        """{"id":"Observation.subject","path":"Observation.subject","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Patient"]}]}""",
        ""","subject":{"reference":"http://x/fhir/Group/1"}""", "reference-target Observation.subject")]
    [InlineData(
        """{"id":"Observation.subject","path":"Observation.subject","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Patient"]}]}""",
        ""","subject":{"reference":"urn:uuid:6d8a4d4e-0000-4000-8000-000000000001"}""", "")]
    [InlineData(
        """{"id":"Observation.method","path":"Observation.method","binding":{"strength":"required","valueSet":"http://example.org/vs"}}""",
        ""","method":{"coding":[{"system":"s","code":"z"}]}""", "code-not-in-value-set Observation.method")]
    [InlineData(
        """{"id":"Observation.method","path":"Observation.method","binding":{"strength":"required","valueSet":"http://example.org/vs"}}""",
        ""","method":{"text":"words"}""", "code-not-in-value-set Observation.method")]
    [InlineData(
        """{"id":"Observation.method","path":"Observation.method","binding":{"strength":"required","valueSet":"http://example.org/vs"}}""",
        ""","method":{"coding":[{"system":"other","code":"z"},{"system":"s","code":"a"}]}""", "")]
    [InlineData(
        """{"id":"Observation.method","path":"Observation.method","binding":{"strength":"required","valueSet":"http://example.org/vs"}}""",
        ""","method":{"coding":[{"system":"local","code":"inner"}]}""", "")]
    [InlineData(
        """{"id":"Observation.method","path":"Observation.method","binding":{"strength":"required","valueSet":"http://example.org/vs"}}""",
        ""","method":{"coding":[{"system":"local","code":"none"}]}""", "code-not-in-value-set Observation.method")]
    [InlineData(
        """{"id":"Observation.method","path":"Observation.method","binding":{"strength":"required","valueSet":"http://example.org/unknown"}}""",
        ""","method":{"coding":[{"system":"s","code":"z"}]}""", "")]
    [InlineData(
        """{"id":"Observation.method","path":"Observation.method","binding":{"strength":"preferred","valueSet":"http://example.org/vs"}}""",
        ""","method":{"coding":[{"system":"s","code":"z"}]}""", "")]
    public void Element_ThatTheProfileNarrows_IsChecked(string element, string more, string found) => Assert.Equal(found, Errors(Differential(element), more));

    [Theory]
    [InlineData("value", "system", ""","fixedUri":"a" """, ".system", """{"system":"a"},{"system":"a"}""", "cardinality-too-many Observation.identifier")]
    [InlineData("value", "system", ""","fixedUri":"a" """, ".system", """{"system":"b"},{"system":"b"}""", "cardinality-too-few Observation.identifier")]
    [InlineData("value", "type.coding.code", ""","patternCodeableConcept":{"coding":[{"code":"MR"}]}""", ".type",
        """{"type":{"coding":[{"code":"MR","system":"s"}]}},{"type":{"coding":[{"code":"XX"}]}}""", "")]
    [InlineData("pattern", "$this", ""","patternIdentifier":{"system":"a"}""", "", """{"system":"a","value":"1"},{"system":"b"}""", "")]
    [InlineData("exists", "period", ""","min":1""", ".period", """{"period":{"start":"2024"}},{"value":"x"}""", "")]
    [InlineData("exists", "period", ""","min":1""", ".period", """{"value":"x"},{"value":"y"}""", "cardinality-too-few Observation.identifier")]
    [InlineData("profile", "$this", "", "", """{"value":"x"}""", "")]
    public void Slice_IsFoundByItsDiscriminator_AndCounted(string type, string path, string said, string at, string items, string found)
    {
        string slicing = $$$"""{"id":"Observation.identifier","path":"Observation.identifier","slicing":{"discriminator":[{"type":"{{{type}}}","path":"{{{path}}}"}],"rules":"open"}}""";
        string slice = at.Length == 0
            ? $$"""{"id":"Observation.identifier:one","path":"Observation.identifier","sliceName":"one","min":1,"max":"1"{{said}}}"""
            : $$"""
              {"id":"Observation.identifier:one","path":"Observation.identifier","sliceName":"one","min":1,"max":"1"},
              {"id":"Observation.identifier:one{{at}}","path":"Observation.identifier{{at}}"{{said}}}
              """;
        Assert.Equal(found, Errors(Differential($"{slicing},{slice}"), $",\"identifier\":[{items}]"));
    }

    [Fact]
    public void Slice_OfAType_IsCheckedByItself()
    {
        string slices = """
            {"id":"Observation.value[x]","path":"Observation.value[x]","slicing":{"discriminator":[{"type":"type","path":"$this"}],"rules":"closed"}},
            {"id":"Observation.value[x]:valueQuantity","path":"Observation.value[x]","sliceName":"valueQuantity","type":[{"code":"Quantity"}]},
            {"id":"Observation.value[x]:valueQuantity.unit","path":"Observation.value[x].unit","min":1}
            """;
        Assert.Equal("cardinality-too-few Observation.value.unit", Errors(Differential(slices), ""","valueQuantity":{"value":1}"""));
        Assert.Equal("", Errors(Differential(slices), ""","valueQuantity":{"value":1,"unit":"kg"}"""));
        Assert.Equal("slice-unexpected Observation.value", Errors(Differential(slices), ""","valueString":"x" """));
    }

    [Fact]
    public void DerivedProfile_ConstrainsSlicesOfItsBase_AndASnapshotSaysItAll()
    {
        string slicing = """
            {"id":"Observation.identifier","path":"Observation.identifier","slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"}},
            {"id":"Observation.identifier:one","path":"Observation.identifier","sliceName":"one"},
            {"id":"Observation.identifier:one.system","path":"Observation.identifier.system","fixedUri":"a"}
            """;
        string narrower = """{"id":"Observation.identifier:one.value","path":"Observation.identifier.value","min":1}""";
        Resource based = Definition("http://example.org/base", "Observation", "differential", slicing);
        const string Sent = ""","identifier":[{"system":"b"},{"system":"a"}]""";
        Assert.Equal(
            "cardinality-too-few Observation.identifier[1].value",
            Errors(new ProfileSet([based, Definition(Url, "Observation", "differential", narrower, "http://example.org/base")]), Sent));
        Assert.Equal("", Errors(new ProfileSet([based, Definition(Url, "Observation", "snapshot", narrower, "http://example.org/base")]), Sent));
    }

    [Fact]
    public void Extension_IsCheckedByItsDefinition_WhereverItStands()
    {
        ProfileSet set = new([Definition("http://example.org/ext", "Extension", "differential", """{"id":"Extension.value[x]","path":"Extension.value[x]","min":1,"type":[{"code":"boolean"}]}""")]);
        Assert.Equal(
            "type-not-allowed Observation.code.extension[0].value",
            Errors(set, ""","bodySite":{"extension":[{"url":"http://example.org/ext","valueBoolean":true}]}""", code: """{"text":"code","extension":[{"url":"http://example.org/ext","valueString":"x"}]}"""));
    }

    [Fact]
    public void Profile_ThatIsUnknownOrForAnotherType_IsSaid()
    {
        ProfileSet set = new([Definition(Url, "Patient", "differential", """{"id":"Patient.name","path":"Patient.name","min":1}""")]);
        Issue[] issues = [.. ProfileValidation.Check(
            Parse(""","meta":{"profile":["http://example.org/other","http://hl7.org/fhir/StructureDefinition/Observation","http://example.org/StructureDefinition/one"]}"""), set)];
        Assert.Equal(
            [("profile-unknown", "Observation.meta.profile[0]", false), ("profile-type-mismatch", "Observation.meta.profile[2]", true)],
            issues.Select(issue => (issue.Code, issue.Expression!, issue.Refuses)));
    }

    [Fact]
    public void ResourcesInside_AreCheckedAgainstWhatTheyClaim()
    {
        ProfileSet set = new([Definition(Url, "Patient", "differential", """{"id":"Patient.name","path":"Patient.name","min":1}""")]);
        string inside = $$$"""{"resourceType":"Patient","id":"p","meta":{"profile":["{{{Url}}}"]}}""";
        Resource observation = Parse($",\"subject\":{{\"reference\":\"#p\"}},\"contained\":[{inside}]");
        Assert.True(ProfileValidation.IsClaimed(observation, set));
        Assert.Equal("Observation.contained[0].name", Assert.Single(ProfileValidation.Check(observation, set)).Expression);
    }

    [Theory]
    [InlineData("error", "value.exists() or note.exists()", "invariant Observation")]
    [InlineData("warning", "value.exists() or note.exists()", "")]
    [InlineData("error", "status = 'final'", "")]
    [InlineData("error", "%resource.code.text = 'code'", "")]
    [InlineData("error", "this is no FHIRPath(", "")]
    [InlineData("error", "value.noSuchFunction()", "")]
    public void Invariant_MustHold_WhereItCanBeRun(string severity, string expression, string found) => Assert.Equal(found, Errors(Differential($$"""
        {"id":"Observation","path":"Observation","constraint":[{"key":"one-1","severity":"{{severity}}","human":"x","expression":"{{expression}}"}]}
        """), ""));

    [Theory]
    [InlineData("|1", "cardinality-too-few Observation.subject")]
    [InlineData("|2", "")]
    public void Profile_OfAVersion_IsOnlyThat(string version, string found)
    {
        StructureDefinition definition = (StructureDefinition)Definition(Url, "Observation", "differential", """{"id":"Observation.subject","path":"Observation.subject","min":1}""");
        definition.Version = "1";
        Assert.Equal(found, Errors(new ProfileSet([definition]), "", Url + version));
    }

    private static ProfileSet Differential(string elements) => new([Definition(Url, "Observation", "differential", elements), .. Codes]);

    private static Resource[] Codes =>
    [
        Read("""
            {"resourceType":"ValueSet","url":"http://example.org/vs","status":"active","compose":{
            "include":[{"system":"s","concept":[{"code":"a"},{"code":"b"}]},{"system":"local"}],"exclude":[{"system":"s","concept":[{"code":"b"}]}]}}
            """),
        Read("""
            {"resourceType":"CodeSystem","url":"local","status":"active","content":"complete","concept":[{"code":"outer","concept":[{"code":"inner"}]}]}
            """),
    ];

    private static Resource Definition(string url, string type, string part, string elements, string? from = null) => Read($$"""
        {"resourceType":"StructureDefinition","url":"{{url}}","name":"One","status":"active","kind":"resource","abstract":false,"type":"{{type}}",
        "baseDefinition":"{{from ?? "http://hl7.org/fhir/StructureDefinition/" + type}}","derivation":"constraint","{{part}}":{"element":[{{elements}}]} }
        """);

    private static string Errors(ProfileSet set, string more, string profile = Url, string code = """{"text":"code"}""") => string.Join(
        ", ", ProfileValidation.Check(Parse(more, code), set, profile).Where(issue => issue.Refuses).Select(issue => $"{issue.Code} {issue.Expression}"));

    private static Resource Parse(string more, string code = """{"text":"code"}""") =>
        Read($$"""{"resourceType":"Observation","status":"final","code":{{code}}{{more}}}""");

    private static Resource Read(string json)
    {
        Parsed parsed = FhirJson.Parse(Encoding.UTF8.GetBytes(json));
        Assert.True(parsed.Resource is not null && (parsed.IsValid || parsed.Resource is StructureDefinition), string.Join(", ", parsed.Issues));
        return parsed.Resource;
    }
}
