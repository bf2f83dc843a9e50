using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Json.Shaping;
using Canonbury.Fhir.Problems;
using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Tests.Fhir.Json;

/// <summary>Parts of resources. https://hl7.org/fhir/R4/search.html#summary and https://hl7.org/fhir/R4/search.html#elements</summary>
public sealed class ShapeTests
{
    private const string Patient = """
        {"resourceType":"Patient","id":"p","meta":{"versionId":"3","tag":[{"code":"mine"}]},"language":"en",
        "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},"modifierExtension":[{"url":"u","valueBoolean":true}],
        "extension":[{"url":"e","valueString":"x"}],"name":[{"family":"\u0041dams"}],"gender":"female","_birthDate":{"extension":[{"url":"e","valueString":"x"}]},
        "contact":[{"name":{"text":"x"}}],"link":[{"other":{"reference":"Patient/2"},"type":"seealso","extension":[{"url":"e","valueString":"x"}]}]}
        """;

    private const string Observation = """
        {"resourceType":"Observation","id":"o","status":"final","code":{"extension":[{"url":"e","valueString":"x"}]},"category":[{"text":"x"}],
        "valueQuantity":{"value":1.50,"unit":"kg"},"referenceRange":[{"text":"x"}],"component":[{"code":{"text":"c"},"interpretation":[{"text":"x"}]}]}
        """;

    [Fact]
    public void Summary_HoldsTheElementsThatR4MarksAtEachLevel()
    {
        JsonNode patient = Cut(Patient, "true");
        Assert.Equal(["resourceType", "id", "meta", "modifierExtension", "name", "gender", "_birthDate", "link"], Names(patient));
        Assert.Equal(["other", "type"], Names(patient["link"]![0]!));
        JsonNode observation = Cut(Observation, "true");
        Assert.Equal(["resourceType", "id", "meta", "status", "code", "valueQuantity", "component"], Names(observation));
        Assert.Equal(["code"], Names(observation["component"]![0]!));
    }

    [Fact]
    public void Summary_LeavesNoElementEmpty() => Assert.Equal(["extension"], Names(Cut(Observation, "true")["code"]!));

    [Fact]
    public void Text_HoldsTheNarrativeAndWhatMustBeThere()
    {
        Assert.Equal(["resourceType", "id", "meta", "text", "modifierExtension"], Names(Cut(Patient, "text")));
        Assert.Equal(["resourceType", "id", "meta", "status", "code"], Names(Cut(Observation, "text")));
    }

    [Fact]
    public void Data_HoldsAllButTheNarrative() =>
        Assert.Equal(Names(JsonNode.Parse(Patient)!).Where(name => name != "text"), Names(Cut(Patient, "data")));

    [Theory]
    [InlineData("value", new[] { "resourceType", "id", "meta", "status", "code", "valueQuantity" })]
    [InlineData("value[x],category", new[] { "resourceType", "id", "meta", "status", "code", "category", "valueQuantity" })]
    [InlineData("Observation.component", new[] { "resourceType", "id", "meta", "status", "code", "component" })]
    public void Elements_HoldsTheNamedOnesAndWhatMustBeThere(string elements, string[] names) =>
        Assert.Equal(names, Names(Cut(Observation, null, elements)));

    [Fact]
    public void Elements_OfAnotherType_CutNothing() =>
        Assert.Equal(Names(JsonNode.Parse(Patient)!), Names(Cut(Patient, null, "Observation.status")));

    [Fact]
    public void Part_IsMarked_BesidesTheTagsOfItsOwn()
    {
        Assert.Equal(["mine", "SUBSETTED"], Tags(Cut(Patient, "true")));
        Assert.Equal("3", (string?)Cut(Patient, "true")["meta"]!["versionId"]);
        Assert.Equal(["SUBSETTED"], Tags(Cut(Observation, "data")));
        Assert.Equal(["SUBSETTED"], Tags(Cut("""{"resourceType":"Patient"}""", "text")));
    }

    [Fact]
    public void Whole_IsTheSameBytes()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Patient);
        Assert.Equal(bytes, ShapeParameters.Of("false", null).Shape.Apply(bytes).ToArray());
    }

    [Fact]
    public void Values_StayAsTheyAreWritten()
    {
        string cut = Encoding.UTF8.GetString(Shape("true").Apply(Encoding.UTF8.GetBytes(Patient)).Span);
        Assert.Contains("""\u0041dams""", cut, StringComparison.Ordinal);
        string pretty = Encoding.UTF8.GetString(PrettyJson.Of(Encoding.UTF8.GetBytes(Observation)).Span);
        Assert.Contains("    \"value\": 1.50,\n", pretty, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Observation), JsonNode.Parse(pretty)));
    }

    [Theory]
    [InlineData("yes", null)]
    [InlineData("TRUE", null)]
    [InlineData(null, "nothing")]
    [InlineData(null, "name,")]
    [InlineData(null, "name.family")]
    [InlineData(null, "Patient.status")]
    [InlineData(null, "Nothing.name")]
    [InlineData("true", "name")]
    public void Values_ThatTheStandardDoesNotHave_AreRefused(string? summary, string? elements) =>
        Assert.Equal(("parameter-invalid", 400), ShapeParameters.Of(summary, elements) is { Refused: { } problem } ? (problem.Issues[0].Code, problem.Status) : default);

    /// <summary>Every part of every example of the specification can be read again and says nothing that the whole did not.</summary>
    [Fact]
    public void Parts_OfTheExamplesOfTheSpecification_AreResources()
    {
        Assert.SkipWhen(FhirSamples.Missing, SampleData.Reason);
        int read = 0;
        foreach (FhirSample sample in FhirSamples.All().Where(sample => sample is { Origin: "fhir-r4/hl7-spec-examples", Format: WireFormat.Json }))
        {
            if (FhirJson.Parse(sample.Body) is not { IsValid: true, Resource: { } resource })
            {
                continue;
            }

            read++;
            foreach (string summary in new[] { "true", "text", "data" })
            {
                Parsed part = FhirJson.Parse(Shape(summary).Apply(sample.Body).Span);
                Assert.True(part.IsValid, $"{sample.Name} {summary}: {string.Join(',', part.Issues.Where(i => i.Refuses))}");
                Assert.Equal(resource.TypeName, part.Resource!.TypeName);
            }
        }

        Assert.True(read > 300, $"{read} examples were read.");
    }

    private static Shape Shape(string? summary, string? elements = null)
    {
        (Shape shape, Problem? refused) = ShapeParameters.Of(summary, elements);
        Assert.Null(refused);
        return shape;
    }

    private static JsonNode Cut(string json, string? summary, string? elements = null) =>
        JsonNode.Parse(Shape(summary, elements).Apply(Encoding.UTF8.GetBytes(json)).Span)!;

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(property => property.Key);

    private static IEnumerable<string?> Tags(JsonNode resource) => resource["meta"]!["tag"]!.AsArray().Select(tag => (string?)tag!["code"]);
}
