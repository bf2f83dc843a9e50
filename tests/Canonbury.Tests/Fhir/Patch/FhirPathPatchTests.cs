using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Patch;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Patch;

/// <summary>https://hl7.org/fhir/R4/fhirpatch.html, with the cases of the specification's own tests.</summary>
public sealed class FhirPathPatchTests
{
    private const string Two = """{"resourceType":"Patient","identifier":[{"value":"1"},{"value":"2"}]}""";

    [Theory]
    [InlineData("""{"birthDate":"1920-01-01"}""", "replace|Patient.birthDate|valueDate:\"1930-01-01\"", """{"birthDate":"1930-01-01"}""")]
    [InlineData("""{"birthDate":"1920-01-01","active":true}""", "delete|Patient.birthDate", """{"active":true}""")]
    [InlineData("""{"active":true}""", "delete|Patient.birthDate", """{"active":true}""")]
    [InlineData("""{"active":true}""", "add|Patient|birthDate|valueDate:\"1930-01-01\"", """{"active":true,"birthDate":"1930-01-01"}""")]
    [InlineData("""{"contact":[{"name":{"text":"a"},"gender":"male"}]}""", "replace|Patient.contact[0].gender|valueCode:\"female\"", """{"contact":[{"name":{"text":"a"},"gender":"female"}]}""")]
    [InlineData("""{"contact":[{"name":{"text":"a"},"gender":"male"}]}""", "delete|Patient.contact[0].name.text", """{"contact":[{"gender":"male"}]}""")]
    [InlineData("""{"contact":[{"name":{"text":"a"}}],"active":true}""", "delete|Patient.contact[0]", """{"active":true}""")]
    [InlineData("{}", "add|Patient|maritalStatus|valueCodeableConcept:{\"text\":\"m\"}", """{"maritalStatus":{"text":"m"}}""")]
    [InlineData("{}", "add|Patient|identifier|valueIdentifier:{\"value\":\"3\"}", """{"identifier":[{"value":"3"}]}""")]
    [InlineData("""{"identifier":[{"value":"1"}]}""", "add|Patient|identifier|valueIdentifier:{\"value\":\"3\"}", """{"identifier":[{"value":"1"},{"value":"3"}]}""")]
    [InlineData("{}", "add|Patient|deceased|valueBoolean:true", """{"deceasedBoolean":true}""")]
    [InlineData("""{"deceasedBoolean":true}""", "replace|Patient.deceased|valueDateTime:\"2020\"", """{"deceasedDateTime":"2020"}""")]
    [InlineData("""{"name":[{"use":"official","family":"a"},{"use":"usual"}]}""", "replace|Patient.name.where(use = 'official').family|valueString:\"b\"", """{"name":[{"use":"official","family":"b"},{"use":"usual"}]}""")]
    [InlineData("""{"extension":[{"url":"urn:a","valueString":"1"}]}""", "replace|Patient.extension('urn:a').value|valueCode:\"c\"", """{"extension":[{"url":"urn:a","valueCode":"c"}]}""")]
    [InlineData("""{"text":{"status":"generated","div":"<div>a</div>"}}""", "replace|Patient.text.div|valueString:\"<div>b</div>\"", """{"text":{"status":"generated","div":"<div>b</div>"}}""")]
    public void Operation_ChangesOneElement(string before, string operation, string after) => Assert.Equal(
        after.Insert(1, "\"resourceType\":\"Patient\","), Json(Apply(before == "{}" ? """{"resourceType":"Patient"}""" : before.Insert(1, "\"resourceType\":\"Patient\","), operation)));

    [Theory]
    [InlineData("1234", "insert|Patient.identifier|0", "N1234")]
    [InlineData("1234", "insert|Patient.identifier|4", "1234N")]
    [InlineData("1234", "move|Patient.identifier|3|0", "4123")]
    [InlineData("1234", "move|Patient.identifier|1|0;move|Patient.identifier|2|1", "2314")]
    [InlineData("1234", "move|Patient.identifier|3|0;move|Patient.identifier|3|1;move|Patient.identifier|3|2", "4321")]
    [InlineData("1234", "delete|Patient.identifier[2]", "124")]
    [InlineData("1234", "delete|Patient.identifier.where(value='2')", "134")]
    public void Operation_OnAList_LeavesTheOthersInOrder(string before, string operations, string after)
    {
        string[] split = operations.Split(';');
        string patient = $$"""{"resourceType":"Patient","identifier":[{{string.Join(',', before.Select(c => $$"""{"value":"{{c}}"}"""))}}]}""";
        Patient patched = (Patient)FhirJson.Parse(Apply(patient, split).Json).Resource!;
        Assert.Equal(after, string.Concat(patched.Identifier.Select(identifier => identifier.Value)));
    }

    [Fact]
    public void Value_OfATypeWithoutAName_IsMadeFromItsParts()
    {
        const string Patch = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},
             {"name":"name","valueString":"contact"},{"name":"value","part":[{"name":"name","valueHumanName":{"text":"a"}},{"name":"gender","valueCode":"male"},
              {"name":"telecom","valueContactPoint":{"value":"1"}},{"name":"telecom","valueContactPoint":{"value":"2"}}]}]}]}
            """;
        Assert.Equal(
            """{"resourceType":"Patient","contact":[{"name":{"text":"a"},"telecom":[{"value":"1"},{"value":"2"}],"gender":"male"}]}""",
            Json(FhirPathPatch.Apply(Parse("""{"resourceType":"Patient"}"""), (Parameters)Parse(Patch))));
    }

    [Theory]
    [InlineData("add|Patient.identifier|period|valuePeriod:{\"start\":\"2020\"}", "patch-path-many")]
    [InlineData("add|Patient.name|family|valueString:\"a\"", "patch-path-not-found")]
    [InlineData("add|Patient.identifier[0]|value|valueString:\"9\"", "patch-element-exists")]
    [InlineData("add|Patient|colour|valueString:\"red\"", "patch-element-unknown")]
    [InlineData("add|Patient|maritalStatus|valueString:\"red\"", "patch-value-type")]
    [InlineData("replace|Patient.identifier|valueString:\"9\"", "patch-path-many")]
    [InlineData("replace|Patient.birthDate|valueDate:\"2020\"", "patch-path-not-found")]
    [InlineData("delete|Patient.identifier", "patch-path-many")]
    [InlineData("delete|Patient", "patch-path-root")]
    [InlineData("delete|'a'", "patch-path-not-element")]
    [InlineData("insert|Patient.identifier|3", "patch-index-invalid")]
    [InlineData("insert|Patient.identifier[0]|0", "patch-path-not-list")]
    [InlineData("move|Patient.identifier|0|2", "patch-index-invalid")]
    public void Operation_ThatCannotBeDone_IsRefusedAsUnprocessable(string operation, string code)
    {
        Patched patched = Apply(Two, "delete|Patient.name", operation);
        Assert.Equal((422, code, "Parameters.parameter[1]"), (patched.Problem?.Status, patched.Problem?.Issues[0].Code, patched.Problem?.Issues[0].Expression));
    }

    [Theory]
    [InlineData("turn|Patient.identifier", "Parameters.parameter[0].part[0]")]
    [InlineData("delete|Patient.identifier[", "Parameters.parameter[0].part[1]")]
    [InlineData("delete|Patient.identifier.repeat($this)", "Parameters.parameter[0].part[1]")]
    [InlineData("delete|Patient.identifier.where(value.matches('(a+)+b'))", "Parameters.parameter[0].part[1]")]
    [InlineData("delete|Patient.generalPractitioner.resolve()", "Parameters.parameter[0].part[1]")]
    [InlineData("delete|Patient.identifier.where(%resource.identifier.where(value = '1').exists())", "Parameters.parameter[0].part[1]")]
    [InlineData("delete|Patient.identifier.where(identifier ~ identifier)", "Parameters.parameter[0].part[1]")]
    [InlineData("replace|Patient.identifier[0].value", "Parameters.parameter[0]")]
    [InlineData("insert|Patient.identifier|-1", "Parameters.parameter[0].part[2]")]
    public void Operation_ThatIsMalformed_IsRefusedWithItsPart(string operation, string element)
    {
        Patched patched = Apply(Two, operation);
        Assert.Equal((400, "patch-malformed", element), (patched.Problem?.Status, patched.Problem?.Issues[0].Code, patched.Problem?.Issues[0].Expression));
    }

    [Theory]
    [InlineData("identifier.where(value = '2' and value != '1').value", "delete")]
    [InlineData("Patient.identifier.where(value is string or value.exists()).last()", "delete")]
    [InlineData("Patient.identifier.where((value & 'x') = '2x').first()", "delete")]
    [InlineData("Patient.identifier.where($index = 1)", "delete")]
    public void Path_ThatSelectsAndCompares_IsTaken(string path, string operation)
    {
        Patient patched = (Patient)FhirJson.Parse(Apply(Two, $"{operation}|{path}").Json).Resource!;
        Assert.Equal(["1"], patched.Identifier.Select(identifier => identifier.Value));
    }

    [Theory]
    [InlineData('(')]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    [InlineData('.')]
    [InlineData('|')]
    [InlineData('%')]
    public void Path_OfOneLetterAgainAndAgain_EndsNoProcess(char letter)
    {
        foreach (int length in new[] { 11, 400, 500, 100_000 })
        {
            foreach (string path in new[] { new string(letter, length), "a" + new string(letter, length) + "a", string.Concat(Enumerable.Repeat("a" + letter, length / 2)) })
            {
                Assert.NotNull(Apply(Two, "delete|" + path.Replace("|", "\u0001", StringComparison.Ordinal)).Json);
            }
        }
    }

    private static Patched Apply(string resource, params string[] operations) => FhirPathPatch.Apply(
        Parse(resource), new Parameters { Parameter = [.. operations.Select(Operation)] });

    // type|path, and then by type: name|value, value, index, or source|destination
    private static Parameters.ParameterComponent Operation(string text)
    {
        string[] words = text.Split('|');
        List<Parameters.ParameterComponent> parts = [new() { Name = "type", Value = new Code(words[0]) }, new() { Name = "path", Value = new FhirString(words[1].Replace('\u0001', '|')) }];
        switch (words[0])
        {
            case "add":
                parts.Add(new() { Name = "name", Value = new FhirString(words[2]) });
                parts.Add(Value(words[3]));
                break;
            case "replace" when words.Length > 2:
                parts.Add(Value(words[2]));
                break;
            case "insert":
                parts.Add(new() { Name = "index", Value = new Integer(int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture)) });
                parts.Add(Value("valueIdentifier:{\"value\":\"N\"}"));
                break;
            case "move":
                parts.Add(new() { Name = "source", Value = new Integer(words[2][0] - '0') });
                parts.Add(new() { Name = "destination", Value = new Integer(words[3][0] - '0') });
                break;
            default:
                break;
        }

        return new Parameters.ParameterComponent { Name = "operation", Part = parts };
    }

    private static Parameters.ParameterComponent Value(string member) =>
        ((Parameters)Parse($$"""{"resourceType":"Parameters","parameter":[{"name":"value","{{member.Insert(member.IndexOf(':', StringComparison.Ordinal), "\"")}}}]}""")).Parameter[0];

    private static Resource Parse(string json) => FhirJson.ParseStored(Encoding.UTF8.GetBytes(json)).Resource!;

    private static string Json(Patched patched)
    {
        Assert.Null(patched.Problem);
        return Encoding.UTF8.GetString(patched.Json);
    }
}
