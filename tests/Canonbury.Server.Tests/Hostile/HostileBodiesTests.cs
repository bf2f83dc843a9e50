using System.Text;
using Canonbury.Server.Tests.Api;
using Xunit;

namespace Canonbury.Server.Tests.Hostile;

/// <summary>
/// Bodies that are not what they should be: each is refused with an OperationOutcome, and leaves nothing behind.
/// https://hl7.org/fhir/R4/http.html#Status-Codes
/// </summary>
public sealed class HostileBodiesTests(HostileServer server) : IClassFixture<HostileServer>
{
    private const string Patient = """{"resourceType":"Patient","gender":"male"}""";

    public static TheoryData<string, string, string> Json => new()
    {
        { "empty", "", "json-malformed" },
        { "white space", " \n\t ", "json-malformed" },
        { "null", "null", "resource-type-absent" },
        { "an array", "[" + Patient + "]", "json-malformed" },
        { "a text", "\"Patient\"", "json-malformed" },
        { "a number", "7", "json-malformed" },
        { "an empty object", "{}", "resource-type-absent" },
        { "without a type", """{"gender":"male"}""", "resource-type-absent" },
        { "a type that is a number", """{"resourceType":7}""", "resource-type-absent" },
        { "an unknown type", """{"resourceType":"Person2"}""", "resource-type-unknown" },
        { "another type", """{"resourceType":"Organization","name":"x"}""", "type-mismatch" },
        { "cut off", """{"resourceType":"Patient","gender":"ma""", "json-malformed" },
        { "cut off after a value", """{"resourceType":"Patient","gender":"male" """, "json-malformed" },
        { "two objects", Patient + Patient, "json-malformed" },
        { "rubbish behind", Patient + "x", "json-malformed" },
        { "a comment", """{"resourceType":"Patient"/* male */}""", "json-malformed" },
        { "a comma too many", """{"resourceType":"Patient","gender":"male",}""", "json-malformed" },
        { "single quotes", "{'resourceType':'Patient'}", "json-malformed" },
        { "an unknown element", """{"resourceType":"Patient","colour":"red"}""", "element-unknown" },
        { "an element in wrong case", """{"resourceType":"Patient","Gender":"male"}""", "element-unknown" },
        { "an unknown element inside", """{"resourceType":"Patient","name":[{"familie":"x"}]}""", "element-unknown" },
        { "a key twice", """{"resourceType":"Patient","gender":"male","gender":"female"}""", "property-duplicate" },
        { "a key twice inside", """{"resourceType":"Patient","name":[{"family":"a","family":"b"}]}""", "property-duplicate" },
        { "the type twice", """{"resourceType":"Patient","gender":"male","resourceType":"Patient"}""", "property-duplicate" },
        { "two types", """{"resourceType":"Patient","gender":"male","resourceType":"Organization"}""", "property-duplicate" },
        { "the type twice inside", """
            {"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"a","name":"x","resourceType":"Patient"}],"managingOrganization":{"reference":"#a"}}
            """, "property-duplicate" },
        { "a text for a boolean", """{"resourceType":"Patient","active":"yes"}""", "value-type" },
        { "a number for a text", """{"resourceType":"Patient","gender":1}""", "value-type" },
        { "an object for a list", """{"resourceType":"Patient","name":{"family":"x"}}""", "type-mismatch" },
        { "a list for one", """{"resourceType":"Patient","gender":["male"]}""", "type-mismatch" },
        { "an empty list", """{"resourceType":"Patient","name":[]}""", "element-empty" },
        { "an empty object inside", """{"resourceType":"Patient","name":[{}]}""", "element-empty" },
        { "null for a value", """{"resourceType":"Patient","gender":null}""", "structure-invalid" },
        { "an empty text", """{"resourceType":"Patient","gender":""}""", "value-invalid" },
        { "an unknown code", """{"resourceType":"Patient","gender":"man"}""", "code-invalid" },
        { "a date that does not exist", """{"resourceType":"Patient","birthDate":"2026-02-30"}""", "value-invalid" },
        { "a number without end", """{"resourceType":"Patient","multipleBirthInteger":1e999999}""", "value-type" },
        { "a contained resource in another", """
            {"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"a","name":"x",
            "contained":[{"resourceType":"Organization","id":"b","name":"y"}]}],"managingOrganization":{"reference":"#a"}}
            """, "contained-nested" },
        { "a control character", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\u0001b\"}]}", "json-malformed" },
        { "an escaped control character", """{"resourceType":"Patient","name":[{"family":"a\u0001b"}]}""", "control-character" },
        { "an escaped NUL", """{"resourceType":"Patient","name":[{"family":"a\u0000b"}]}""", "control-character" },
        { "what is no character", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\uFFFFb\"}]}", "control-character" },
        { "an escape of what is no character", """{"resourceType":"Patient","name":[{"family":"a\uffFEb"}]}""", "control-character" },
        { "half of a pair", """{"resourceType":"Patient","name":[{"family":"a\ud800b"}]}""", "json-malformed" },
        { "a script in the narrative", """
            {"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>1</script></div>"}}
            """, "narrative-active" },
        { "a hundred levels", Nested("{\"url\":\"u:x\",\"extension\":[", "{\"url\":\"u:x\",\"valueBoolean\":true}", "]}", 100), "json-malformed" },
        { "ten thousand lists", """{"resourceType":"Patient","name":""" + new string('[', 10_000), "json-malformed" },
        { "ten thousand objects", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), "json-malformed" },
    };

    public static TheoryData<string, string, string> Xml => new()
    {
        { "empty", "", "xml-malformed" },
        { "cut off", """<Patient xmlns="http://hl7.org/fhir"><gender value="ma""", "xml-malformed" },
        { "JSON", Patient, "xml-malformed" },
        { "two roots", """<Patient xmlns="http://hl7.org/fhir"/><Patient xmlns="http://hl7.org/fhir"/>""", "xml-malformed" },
        { "without a namespace", """<Patient><gender value="male"/></Patient>""", "structure-invalid" },
        { "an unknown element", """<Patient xmlns="http://hl7.org/fhir"><colour value="red"/></Patient>""", "element-unknown" },
        { "an unknown attribute", """<Patient xmlns="http://hl7.org/fhir"><gender value="male" colour="red"/></Patient>""", "element-unknown" },
        { "a text beside the elements", """<Patient xmlns="http://hl7.org/fhir">x<gender value="male"/></Patient>""", "structure-invalid" },
        { "elements in wrong order", """<Patient xmlns="http://hl7.org/fhir"><birthDate value="2000-01-01"/><gender value="male"/></Patient>""", "element-order" },
        { "an element twice", """<Patient xmlns="http://hl7.org/fhir"><gender value="male"/><gender value="female"/></Patient>""", "type-mismatch" },
        { "an entity", """<!DOCTYPE x [<!ENTITY a "male">]><Patient xmlns="http://hl7.org/fhir"><gender value="&a;"/></Patient>""", "xml-malformed" },
        { "a file as entity", """<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><Patient xmlns="http://hl7.org/fhir"><language value="&a;"/></Patient>""", "xml-malformed" },
        { "laughs", """
            <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
            <Patient xmlns="http://hl7.org/fhir"><language value="&c;"/></Patient>
            """, "xml-malformed" },
        { "a control character", "<Patient xmlns=\"http://hl7.org/fhir\"><language value=\"a\u0001\"/></Patient>", "xml-malformed" },
        { "an escaped control character", """<Patient xmlns="http://hl7.org/fhir"><name><family value="a&#1;b"/></name></Patient>""", "xml-malformed" },
        { "ten thousand levels", """<Patient xmlns="http://hl7.org/fhir">""" + string.Concat(Enumerable.Repeat("""<extension url="u:x">""", 10_000)), "xml-malformed" },
        { "another charset than the header's", """<?xml version="1.0" encoding="utf-16"?><Patient xmlns="http://hl7.org/fhir"/>""", "xml-malformed" },
    };

    public static TheoryData<string, byte[]> Bytes => new()
    {
        { "bytes that are no UTF-8", [.. """{"resourceType":"Patient","name":[{"family":"a"""u8, 0xC3, 0x28, .. "\"}]}"u8] },
        { "an overlong form", [.. """{"resourceType":"Patient","name":[{"family":"a"""u8, 0xC0, 0xAF, .. "\"}]}"u8] },
        { "Latin-1", [.. """{"resourceType":"Patient","name":[{"family":"Zo"""u8, 0xEB, .. "\"}]}"u8] },
        { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Patient)).ToArray() },
        { "UTF-32", Encoding.UTF32.GetPreamble().Concat(Encoding.UTF32.GetBytes(Patient)).ToArray() },
        { "a byte order mark alone", [0xEF, 0xBB, 0xBF] },
        { "two byte order marks", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Patient)] },
        { "a NUL in front", [0, .. Encoding.UTF8.GetBytes(Patient)] },
        { "compressed", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 4, 0] },
    };

    [Theory]
    [MemberData(nameof(Json))]
    public Task JsonBody_IsRefused(string what, string body, string code) => RefusedAsync(what, Encoding.UTF8.GetBytes(body), ApiServer.Json, code);

    [Theory]
    [MemberData(nameof(Xml))]
    public Task XmlBody_IsRefused(string what, string body, string code) => RefusedAsync(what, Encoding.UTF8.GetBytes(body), ApiServer.Xml, code);

    [Theory]
    [MemberData(nameof(Bytes))]
    public Task BodyThatIsNoUtf8Json_IsRefused(string what, byte[] body) => RefusedAsync(what, body, ApiServer.Json, "json-malformed");

    [Theory]
    [InlineData("GET", "Patient")]
    [InlineData("GET", "Patient/no-body")]
    [InlineData("DELETE", "Patient/no-body")]
    public async Task BodyWhereNoneBelongs_ChangesNothing(string method, string path)
    {
        long before = server.Rows();
        Answer answer = await server.SendAsync(method, "/fhir/" + path, Encoding.UTF8.GetBytes(Patient));
        Assert.InRange(answer.Status, 200, 499);
        Assert.Equal(before, server.Rows());
    }

    [Fact]
    public async Task ByteOrderMark_InFrontOfJson_IsPassedOver() =>
        Assert.Equal(201, (await server.SendAsync("POST", "/fhir/Patient", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Patient)])).Status);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("text/html")]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/fhir+json; charset=iso-8859-1")]
    [InlineData("application/fhir+json; charset=\"")]
    [InlineData("application/fhir+json; fhirVersion=5.0")]
    [InlineData("*/*")]
    public async Task ContentType_ThatIsNotOurs_IsUnsupported(string? type)
    {
        long before = server.Rows();
        Answer answer = await server.SendAsync("POST", "/fhir/Patient", Encoding.UTF8.GetBytes(Patient), type);
        Assert.Equal((415, "format-not-supported"), (answer.Status, Assert.Single(answer.Codes!)));
        Assert.Equal(before, server.Rows());
    }

    [Theory]
    [InlineData("POST", "/fhir/Patient/_search", "<x/>", "application/xml")]
    [InlineData("POST", "/fhir/Patient/_search", "{}", "application/fhir+json")]
    [InlineData("POST", "/fhir/Patient/_search", "--x\r\nContent-Disposition: form-data; name=gender\r\n\r\nmale\r\n--x--\r\n", "multipart/form-data; boundary=x")]
    public async Task SearchThatIsNotPostedAsAForm_IsUnsupported(string method, string path, string body, string type)
    {
        Answer answer = await server.SendAsync(method, path, Encoding.UTF8.GetBytes(body), type);
        Assert.Equal((415, "format-not-supported"), (answer.Status, Assert.Single(answer.Codes!)));
    }

    [Theory]
    [InlineData("%05%1d")]
    [InlineData("%EF%BF%BF")]
    [InlineData("%ED%A0%80")]
    public async Task ParameterThatXmlCannotWrite_IsSaidInXml(string name)
    {
        Answer answer = await server.SendAsync("GET", $"/fhir/Patient?_format=xml&{name}=1");
        Assert.InRange(answer.Status, 200, 499);
        Assert.NotNull(Canonbury.Fhir.Json.FhirXml.Parse(Encoding.UTF8.GetBytes(answer.Text)).Resource);
    }

    private static string Nested(string before, string inside, string after, int times) =>
        "{\"resourceType\":\"Patient\",\"extension\":[" + string.Concat(Enumerable.Repeat(before, times)) + inside + string.Concat(Enumerable.Repeat(after, times)) + "]}";

    private async Task RefusedAsync(string what, byte[] body, string type, string code)
    {
        long before = server.Rows();
        foreach ((string method, string path) in new[] { ("POST", "/fhir/Patient"), ("PUT", "/fhir/Patient/hostile") })
        {
            Answer answer = await server.SendAsync(method, path, body, type);
            Assert.True(answer.Status is 400 or 422 && answer.Codes?.Contains(code) == true, $"{what}, {method}: {answer}");
        }

        Answer bundle = await server.SendAsync("POST", "/fhir", body, type);
        Assert.True(bundle is { Status: 400 or 422, Codes: not null }, $"{what}, as a transaction: {bundle}");
        Assert.Equal(before, server.Rows());
    }
}
