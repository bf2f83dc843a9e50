using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Canonbury.TestData.Samples;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Validation;

/// <summary>The rules that R4 itself states. https://hl7.org/fhir/R4/conformance-rules.html#constraints</summary>
public sealed class BaseInvariantsTests
{
    [Theory]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueString":"x","dataAbsentReason":{"text":"x"}}""", "obs-6", "Observation")]
    [InlineData("""{"resourceType":"Patient","contact":[{"gender":"male"}]}""", "pat-1", "Patient.contact[0]")]
    [InlineData("""{"resourceType":"Patient","identifier":[{"period":{"start":"2024-02-01","end":"2024-01-01"}}]}""", "per-1", "Patient.identifier[0].period")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"#o"}}""", "ref-1", "Patient.managingOrganization")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"#o"},"contained":[{"resourceType":"Organization","id":"o","name":"x"}]}""", "", "")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"x","partOf":{"reference":"#p"}}]}""", "ref-1", "Patient.contained[0].partOf")]
    [InlineData("""{"resourceType":"Patient","photo":[{"data":"aGk="}]}""", "att-1", "Patient.photo[0]")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"u","valueString":"x","extension":[{"url":"v","valueString":"x"}]}]}""", "ext-1", "Patient.extension[0]")]
    [InlineData(
        """{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:a:1","resource":{"resourceType":"Patient","contact":[{"gender":"male"}]}}]}""",
        "pat-1", "Bundle.entry[0].resource.contact[0]")]
    [InlineData("""{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"1","type":"group","item":[{"linkId":"2","type":"display","required":true}]}]}""",
        "que-6", "Questionnaire.item[0].item[0]")]
    public void Rule_ThatDoesNotHold_IsNamedWithTheElement(string json, string key, string element)
    {
        Parsed parsed = FhirJson.Parse(Encoding.UTF8.GetBytes(json));
        Assert.True(parsed.IsValid);
        Issue[] found = [.. BaseInvariants.Check(parsed.Resource!).Where(issue => issue.Refuses)];
        Assert.Equal(key.Length == 0 ? [] : [("invariant", element)], found.Select(issue => (issue.Code, issue.Expression!)));
        Assert.All(found, issue => Assert.Contains($" {key} ", issue.Words, StringComparison.Ordinal));
    }

    [Fact]
    public void Resource_ThatIsTooLarge_IsNotAsked()
    {
        Bundle bundle = new() { Type = Bundle.BundleType.Collection };
        bundle.Entry.AddRange(Enumerable.Range(0, 2000).Select(i => new Bundle.EntryComponent { FullUrl = "urn:x:1", Resource = new Patient { Id = $"{i}" } }));
        Assert.Equal("invariants-not-checked", Assert.Single(BaseInvariants.Check(bundle)).Code);
    }

    [Fact]
    public void Examples_OfTheSpecification_KeepToItsRules()
    {
        Assert.SkipWhen(FhirSamples.Missing, SampleData.Reason);
        int read = 0;
        List<string> broken = [];
        foreach (FhirSample sample in FhirSamples.All().Where(sample => sample is { Origin: "fhir-r4/hl7-spec-examples", Format: WireFormat.Json }))
        {
            if (FhirJson.Parse(sample.Body) is { IsValid: true, Resource: { } resource })
            {
                read++;
                broken.AddRange(BaseInvariants.Check(resource).Where(issue => issue.Refuses).Select(issue => $"{sample.Name} {issue.Expression} {issue.Words}"));
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.True(read > 300, $"{read} examples were read.");
    }
}
