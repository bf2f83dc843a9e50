using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Datatypes;

public sealed class DatatypeTests
{
    [Theory]
    [InlineData("38341003^Hypertension^SCT", "http://snomed.info/sct|38341003", null)]
    [InlineData("718-7^Haemoglobin^LN^HB^Hb^LOCAL", "http://loinc.org|718-7 urn:canonbury:pas:codes:LOCAL|HB", null)]
    [InlineData("X^Words^L^^^^^^Said so", "urn:canonbury:pas:codes:L|X", "Said so")]
    [InlineData("X", "|X", "X")]
    [InlineData("^Only words", "", "Only words")]
    [InlineData("A  B^^SCT", "http://snomed.info/sct|A B", null)]
    public void Cwe_KeepsCodesSystemsAndWords(string text, string codings, string? words)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        CodeableConcept concept = Assert.IsType<CodeableConcept>(Cwe.ToConcept(value, draft));
        Assert.Equal(codings, string.Join(' ', concept.Coding.Select(coding => $"{coding.System}|{coding.Code}")));
        Assert.Equal(words ?? value[2].Text, concept.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("^^SCT")]
    [InlineData("\"\"")]
    public void Cwe_WithoutCodeAndWords_IsNull(string text)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        Assert.Null(Cwe.ToConcept(value, draft));
    }

    [Theory]
    [InlineData("1^^^HOSP^MR", "urn:canonbury:pas:ids:HOSP")]
    [InlineData("1^^^HOSP&1.2.3&ISO^MR", "urn:oid:1.2.3")]
    [InlineData("1^^^&https://trust.example/id&URI", "https://trust.example/id")]
    [InlineData("1^^^HOSP&not-an-oid&ISO", "urn:canonbury:pas:ids:HOSP")]
    [InlineData("1^^^^MR", "urn:canonbury:pas:ids:MR")]
    [InlineData("1", "urn:canonbury:pas:ids:local")]
    [InlineData("1^^^A B", "urn:canonbury:pas:ids:A%20B")]
    [InlineData("999 000 0018^^^NHS^NH", "https://fhir.nhs.uk/Id/nhs-number")]
    [InlineData("9990000018^^^&2.16.840.1.113883.2.1.4.1&ISO", "https://fhir.nhs.uk/Id/nhs-number")]
    [InlineData("9990000018^^^NHSNBR^NHSNMBR", "https://fhir.nhs.uk/Id/nhs-number")]
    [InlineData("9990000019^^^NHS^NH", "urn:canonbury:pas:ids:nhs-number-not-valid")]
    public void Cx_HasTheSystemOfItsAuthority(string text, string system)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        Assert.Equal(system, Cx.ToIdentifier(value, draft)?.System);
    }

    [Theory]
    [InlineData("1", "01")]
    [InlineData("08", "08")]
    [InlineData("09", null)]
    [InlineData("US", null)]
    [InlineData(null, null)]
    public void NhsNumberStatus_IsStatedOnlyForItsCodes(string? code, string? expected) =>
        Assert.Equal(expected, (NhsNumberStatus.Of(code)?.Value as CodeableConcept)?.Coding[0].Code);

    [Theory]
    [InlineData("O\\T\\S^Ann^Jane^JR^Dr^MD^L", "Dr Ann Jane O&S JR MD Official")]
    [InlineData("SMITH", "SMITH")]
    [InlineData("^^^^Dr", "Dr")]
    [InlineData("SMITH&van&der^Jo^^^^^N", "Jo SMITH Nickname")]
    public void Xpn_IsAName(string text, string expected)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        HumanName name = Assert.IsType<HumanName>(Xpn.ToHumanName(value, draft));
        Assert.Equal(expected,
            string.Join(' ', name.Prefix.Concat(name.Given).Append(name.Family).Concat(name.Suffix).Append(
                name.Use?.ToString()).OfType<string>()));
    }

    [Theory]
    [InlineData("^^^^^^L")]
    [InlineData("\"\"")]
    public void Xpn_WithoutAName_IsNull(string text)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        Assert.Null(Xpn.ToHumanName(value, draft));
    }

    [Theory]
    [InlineData("020 7946 0000", "Phone..020 7946 0000")]
    [InlineData("020 7946 0000^HOME", "Phone.Home.020 7946 0000")]
    [InlineData("^WPN^PH^^44^20^79460000^12", "Phone.Work.+44 20 79460000 X12")]
    [InlineData("^PRN^CP^^^^07700900000", "Phone.Mobile.07700900000")]
    [InlineData("^NET^^a@example.org", "Email..a@example.org")]
    [InlineData("a@example.org^NET^Internet", "Email..a@example.org")]
    [InlineData("^WPN^FX^^^^123", "Fax.Work.123")]
    [InlineData("^PRN^PH^^^^^^^^^07700 900001", "Phone.Home.07700 900001")]
    public void Xtn_IsAContactPoint(string text, string expected)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        ContactPoint point = Assert.IsType<ContactPoint>(Xtn.ToContactPoint(value, draft));
        Assert.Equal(expected, $"{point.System}.{point.Use}.{point.Value}");
    }

    [Fact]
    public void Xad_HasLinesTownPostcodeAndPeriod()
    {
        (Repetition value, Draft draft) = Hl7.Value("12 High St&High St&12^Flat 1^London^^N1 1AA^GBR^C^^Islington^^^20200101&20210101");
        Address address = Assert.IsType<Address>(Xad.ToAddress(value, draft));
        Assert.Equal("12 High St", address.Line.First());
        Assert.Equal(("London", "N1 1AA", "Islington", Address.AddressUse.Temp),
            (address.City, address.PostalCode, address.District, address.Use!.Value));
        Assert.Equal(("2020-01-01", "2021-01-01"), (address.Period.Start, address.Period.End));
    }

    [Theory]
    [InlineData("WardA^2^4^STH", "WardA, Room 2, Bed 4, STH")]
    [InlineData("OtherWard^MainRoom^Bed 3^Simulated Hospital^^BED^Main Building^4",
        "OtherWard, MainRoom, Bed 3, Main Building, Floor 4, Simulated Hospital")]
    [InlineData("^^^^^^^^Corridor", "Corridor")]
    [InlineData("^^^^ACTIVE", null)]
    public void Pl_IsAPlaceInWords(string text, string? expected)
    {
        (Repetition value, _) = Hl7.Value(text);
        Assert.Equal(expected, Pl.ToText(value));
    }

    [Theory]
    [InlineData("5.0", "5.0")]
    [InlineData("+12", "12")]
    [InlineData("-0.5", "-0.5")]
    [InlineData(".5", "0.5")]
    [InlineData("1,000", null)]
    [InlineData("1e3", null)]
    [InlineData("<5", null)]
    [InlineData("99999999999999999999999999999999", null)]
    public void Nm_KeepsTheDigitsOrReports(string text, string? expected)
    {
        (Repetition value, Draft draft) = Hl7.Value(text);
        Assert.Equal(expected, Nm.Read(value[1], draft)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected is null, draft.Message.Findings.Count == 1);
    }
}
