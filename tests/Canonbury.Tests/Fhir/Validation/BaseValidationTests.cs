using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Validation;
using Xunit;

namespace Canonbury.Tests.Fhir.Validation;

public sealed class BaseValidationTests
{
    [Theory]
    [InlineData("""{"resourceType":"Observation","status":"done","code":{"text":"x"}}""", "code-invalid", "Observation.status")]
    [InlineData("""{"resourceType":"Observation","status":"final"}""", "element-required", "Observation.code")]
    [InlineData("""{"resourceType":"Observation"}""", "element-required", "Observation.code")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Observation"}}]}""", "element-required", "Bundle.entry[0].resource.status")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[{"resource":{}}]}""", "resource-type-absent", null)]
    [InlineData("""{"resourceType":"Patient","contact":[{}]}""", "element-empty", "Patient.contact[0]")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"x"},"colour":"red"}""", "element-unknown", "Observation.colour")]
    [InlineData("""{"resourceType":"Patient","birthDate":"1970-13-01"}""", "value-invalid", "Patient.birthDate")]
    [InlineData("""{"resourceType":"Patient","active":"yes"}""", "value-type", "Patient.active")]
    [InlineData("""{"resourceType":"Patient","name":[]}""", "element-empty", "Patient.name[0]")]
    [InlineData("""{"resourceType":"Patient","gender":"male","gender":"female"}""", "property-duplicate", "Patient")]
    [InlineData("""{"resourceType":"Patient","active":true,"resourceType":"Observation"}""", "property-duplicate", "Patient")]
    [InlineData("""{"resourceType":"Patient","active":true} {}""", "json-malformed", null)]
    [InlineData("""{"resourceType":"Nothing"}""", "resource-type-unknown", null)]
    [InlineData("""{"a":1}""", "resource-type-absent", null)]
    [InlineData("""{"resourceType":"Patient",""", "json-malformed", null)]
    [InlineData("[1,2]", null, null)]
    [InlineData("", "json-malformed", null)]
    [InlineData("""{"resourceType":"Patient","name":[{"family":"a\u0000b"}]}""", "control-character", null)]
    public void WrongJson_IsRefusedWithItsElement(string json, string? code, string? element)
    {
        Parsed parsed = BaseValidation.Check(Encoding.UTF8.GetBytes(json), WireFormat.Json);
        Assert.False(parsed.IsValid);
        Assert.Contains(parsed.Issues, i => (code is null || i.Code == code) && (element is null || i.Expression == element));
    }

    /// <summary>Nothing of a resource has to be there but its type (json.html): the SDK calls it an empty object.</summary>
    [Fact]
    public void ResourceOfOnlyItsType_IsOne()
    {
        Assert.True(BaseValidation.Check("""{"resourceType":"Patient"}"""u8.ToArray(), WireFormat.Json).IsValid);
        Assert.True(BaseValidation.Check("<Patient xmlns=\"http://hl7.org/fhir\"/>"u8.ToArray(), WireFormat.Xml).IsValid);
    }

    [Fact]
    public void Issue_NamesTheLineAndQuotesNoValue()
    {
        Parsed parsed = BaseValidation.Check("{\"resourceType\":\"Patient\",\n\"birthDate\":\"secret\"}"u8.ToArray(), WireFormat.Json);
        Assert.Equal(2, parsed.Issues[0].Line);
        Assert.DoesNotContain("secret", parsed.Issues[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void DeepNesting_IsRefusedInBothForms()
    {
        string json = string.Concat(Enumerable.Repeat("{\"item\":[", 5000));
        Assert.False(BaseValidation.Check(Encoding.UTF8.GetBytes("{\"resourceType\":\"QuestionnaireResponse\"," + json[1..]), WireFormat.Json).IsValid);

        string xml = string.Concat(Enumerable.Repeat("<item>", 100_000));
        Parsed parsed = BaseValidation.Check(
            Encoding.UTF8.GetBytes("<QuestionnaireResponse xmlns=\"http://hl7.org/fhir\">" + xml), WireFormat.Xml);
        Assert.Equal("xml-malformed", Assert.Single(parsed.Issues).Code);
    }

    [Fact]
    public void DocumentType_IsRefused()
    {
        Parsed parsed = BaseValidation.Check(
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Patient xmlns=\"http://hl7.org/fhir\"/>"u8.ToArray(), WireFormat.Xml);
        Assert.Equal("xml-malformed", Assert.Single(parsed.Issues).Code);
    }

    [Theory]
    [InlineData("<table border='1'><tr><td>a</td></tr></table><u>b</u>", true)]
    [InlineData("<script>alert(1)</script>", false)]
    [InlineData("<p onclick='x()'>a</p>", false)]
    [InlineData("<a href='javascript:x()' target='a'>a</a>", false)]
    public void Narrative_BeyondTheAllowedXhtml_IsOnlyRefusedWhereItIsActive(string html, bool accepted)
    {
        string json = $$$"""{"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>{{{html}}}</div>"}}""";
        Parsed parsed = BaseValidation.Check(Encoding.UTF8.GetBytes(json), WireFormat.Json);
        Assert.NotEmpty(parsed.Issues);
        Assert.Equal(accepted, parsed.IsValid);
    }

    [Fact]
    public void Xml_RoundTripsThroughJson()
    {
        byte[] xml = "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"Ö'Neil &lt;\" /></name></Patient>"u8.ToArray();
        Parsed parsed = BaseValidation.Check(xml, WireFormat.Xml);
        Assert.True(parsed.IsValid);
        byte[] json = FhirJson.ToUtf8(parsed.Resource!);
        Assert.Equal("""{"resourceType":"Patient","name":[{"family":"Ö'Neil <"}]}""", Encoding.UTF8.GetString(json));
        Assert.Equal(Encoding.UTF8.GetString(xml), Encoding.UTF8.GetString(FhirXml.ToUtf8(FhirJson.Parse(json).Resource!)));
    }

    /// <summary>The SDK's own Try methods throw on some of these; ours may not.</summary>
    [Fact]
    public void MutatedBodies_NeverThrow()
    {
        byte[] json = """{"resourceType":"Patient","name":[{"family":"A","_family":{"id":"a"},"given":["B",null]}],"deceasedBoolean":true}"""u8.ToArray();
        byte[] xml = "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"A\"/><given value=\"B\"/></name></Patient>"u8.ToArray();
        Random random = new(42);
        for (int i = 0; i < 20_000; i++)
        {
            (byte[] body, WireFormat format) = i % 2 == 0 ? ([.. json], WireFormat.Json) : (xml.ToArray(), WireFormat.Xml);
            for (int j = 0; j <= i % 3; j++)
            {
                body[random.Next(body.Length)] = (byte)"{}[]\":,<>/=a1n \\\u0001"[random.Next(17)];
            }

            BaseValidation.Check(body, format);
        }
    }
}
