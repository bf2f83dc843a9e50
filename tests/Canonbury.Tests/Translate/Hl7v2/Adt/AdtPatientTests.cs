using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2.Datatypes;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Adt;

public sealed class AdtPatientTests
{
    private const string Full = "PID|1||123^^^HOSP^MR~9990000018^^^NHS^NH||SMITH^Ann^Jane^^Mrs^^L~JONES^Ann^^^^^M|WEST^Mary|198901180930|F"
        + "|BELL^Ann|A|1 High Street^Flat 2^London^^N1 1AA^GBR^H^^^^^^20200101|Islington|020 7946 0000^PRN^PH~07700 900000^PRN^CP"
        + "~^NET^Internet^ann@example.org|020 7946 0001|en|M|C22||AB12||||London|Y|2|||GBR|20240430|Y||01";

    [Fact]
    public void Patient_HasTheIdOfItsSourceAndKey()
    {
        ResourceStatement statement = Hl7.Adt("A28", Full).Statement<Patient>();
        PatientId id = PatientId.Of(new SourceId("pas"), "HOSP|123");
        Assert.Equal(id, statement.Owner);
        Assert.Equal(id.ToString(), statement.Content.Id);
        Assert.Equal(StatementMode.Elements, statement.Mode);
        Assert.Empty(statement.Cleared);
    }

    [Fact]
    public void Patient_TakesWhatPidSays()
    {
        Patient patient = Hl7.Adt("A28", Full).Only<Patient>();
        Assert.Equal(["urn:canonbury:pas:ids:HOSP|123", "https://fhir.nhs.uk/Id/nhs-number|9990000018",
            "urn:canonbury:pas:ids:PID-19|AB12"],
            patient.Identifier.Select(identifier => $"{identifier.System}|{identifier.Value}"));
        Assert.Equal("01", ((CodeableConcept)patient.Identifier[1].GetExtension(NhsNumberStatus.Url).Value).Coding[0].Code);
        Assert.Equal(["SMITH/Ann Jane/Official", "JONES/Ann/Maiden", "BELL/Ann/"],
            patient.Name.Select(name => $"{name.Family}/{string.Join(' ', name.Given)}/{name.Use}"));
        Assert.Equal("1989-01-18", patient.BirthDate);
        Assert.Equal(AdministrativeGender.Female, patient.Gender);
        Assert.Equal("2024-04-30", Assert.IsType<FhirDateTime>(patient.Deceased).Value);
        Assert.Equal(2, Assert.IsType<Integer>(patient.MultipleBirth).Value);
        Assert.Equal("M", patient.MaritalStatus.Coding[0].Code);
        Assert.Equal("en", patient.Communication[0].Language.Coding[0].Code);
    }

    [Fact]
    public void Patient_HasAddressWithPeriodAndTelecom()
    {
        Patient patient = Hl7.Adt("A28", Full).Only<Patient>();
        Address address = Assert.Single(patient.Address);
        Assert.Equal(["1 High Street", "Flat 2"], address.Line);
        Assert.Equal(("London", "N1 1AA", "GBR", "Islington", Address.AddressUse.Home, "2020-01-01"),
            (address.City, address.PostalCode, address.Country, address.District, address.Use!.Value, address.Period.Start));
        Assert.Equal(["Phone.Home 020 7946 0000", "Phone.Mobile 07700 900000", "Email.Home ann@example.org", "Phone.Work 020 7946 0001"],
            patient.Telecom.Select(point => $"{point.System}.{point.Use} {point.Value}"));
    }

    [Fact]
    public void Patient_HasTheUkEthnicCategory()
    {
        Patient patient = Hl7.Adt("A28", "PID|1||1|||||||||||||||||||R^Other - Chinese").Only<Patient>();
        CodeableConcept category =
            (CodeableConcept)patient.GetExtension("https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory").Value;
        Assert.Equal(("https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland", "R", "Other - Chinese"),
            (category.Coding[0].System, category.Coding[0].Code, category.Text));
    }

    [Fact]
    public void EverythingOfTheFullPid_IsMapped() => Assert.Empty(Hl7.Adt("A28", Full).Unmapped);

    [Fact]
    public void ThinPid_StatesOnlyTheIdentifier()
    {
        ResourceStatement statement = Hl7.Adt("A08", "PID|1||123^^^HOSP^MR").Statement<Patient>();
        Patient expected = new() { Id = statement.Content.Id };
        expected.Identifier.Add(((Patient)statement.Content).Identifier[0]);
        Assert.True(expected.IsExactly(statement.Content));
        Assert.Empty(statement.Cleared);
    }

    [Fact]
    public void ExplicitNulls_ClearTheirKeys()
    {
        ResourceStatement statement =
            Hl7.Adt("A08", "PID|1||123||\"\"|\"\"|\"\"|\"\"|||\"\"||\"\"|\"\"|\"\"|\"\"|\"\"|||||\"\"|\"\"|\"\"|||||\"\"|\"\"",
                "PD1||||\"\"")
            .Statement<Patient>();
        Assert.Equal(
            [
                "address", "birthDate", "communication", "deceased", "extension/http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
                "extension/http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName",
                "extension/http://hl7.org/fhir/StructureDefinition/patient-religion",
                "extension/https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory", "gender", "generalPractitioner/Practitioner",
                "maritalStatus", "multipleBirth", "name", "telecom/email.home", "telecom/email.work", "telecom/phone.home",
                "telecom/phone.mobile", "telecom/phone.work",
            ],
            statement.Cleared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void InvalidNhsNumber_IsKeptOutsideTheNhsSystemAndReported()
    {
        Translation translation = Hl7.Adt("A28", "PID|1||123^^^HOSP^MR~9990000019^^^NHS^NH");
        Patient patient = translation.Only<Patient>();
        Assert.Equal(["urn:canonbury:pas:ids:HOSP", "urn:canonbury:pas:ids:nhs-number-not-valid"],
            patient.Identifier.Select(identifier => identifier.System));
        Assert.Equal(("PID-3(2)", "nhs-number-invalid"), (translation.Findings[0].Path, translation.Findings[0].Code));
        Assert.DoesNotContain("9990000019", translation.Findings[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void MidnightBirth_HasNoBirthTime()
    {
        Patient patient = Hl7.Adt("A28", "PID|1||1||||19890118000000").Only<Patient>();
        Assert.Equal("1989-01-18", patient.BirthDate);
        Assert.Empty(patient.BirthDateElement.Extension);
    }

    [Theory]
    [InlineData("Y", "R")]
    [InlineData("N", "N")]
    public void ProtectionIndicator_IsASecurityLabel(string indicator, string label) =>
        Assert.Equal(label, Hl7.Adt("A28", "PID|1||1", $"PD1||||||||||||{indicator}").Only<Patient>().Meta.Security[0].Code);

    [Fact]
    public void GeneralPractice_ComesFromPd1AndRol()
    {
        Patient patient = Hl7.Adt("A28", "PID|1||1", "PD1|||THE SURGERY^^F83004|G1234567^GREEN^Tom^^^Dr^^^GMP", "ROL||AD|PP|G1^BLUE^Una",
            "ROL||DE|PP|G2^GREY^Al").Only<Patient>();
        Assert.Equal(["THE SURGERY", "Dr Tom GREEN", "Una BLUE"], patient.GeneralPractitioner.Select(reference => reference.Display));
        Assert.Equal("https://fhir.hl7.org.uk/Id/gmp-number", patient.GeneralPractitioner[1].Identifier.System);
        Assert.Equal("https://fhir.nhs.uk/Id/ods-organization-code", patient.GeneralPractitioner[0].Identifier.System);
    }

    [Theory]
    [InlineData("PDA|I21", true)]
    [InlineData("PDA|||Y", true)]
    public void Pda_SaysThatThePersonDied(string pda, bool dead) =>
        Assert.Equal(dead, Assert.IsType<FhirBoolean>(Hl7.Adt("A03", "PID|1||1", pda).Only<Patient>().Deceased).Value);

    [Fact]
    public void Pid30_WithoutADate_IsABoolean() =>
        Assert.True(Assert.IsType<FhirBoolean>(Hl7.Adt("A31", "PID|1||1|||||||||||||||||||||||||||Y").Only<Patient>().Deceased).Value);

    [Theory]
    [InlineData("P", null, "P")]
    [InlineData("P", "HL70002", "T")]
    [InlineData("S", null, "S")]
    [InlineData("W", null, "W")]
    public void MaritalStatus_MapsOnlyWhatIsCertain(string code, string? table, string first) =>
        Assert.Equal(first, Hl7.Adt("A28", $"PID|1||1|||||||||||||{code}^^{table}").Only<Patient>().MaritalStatus.Coding[0].Code);

    [Theory]
    [InlineData("EVN|A01", "PV1|1", "PID", "patient-missing")]
    [InlineData("PID|1||", "PV1|1", "PID-3", "patient-id-missing")]
    public void WithoutAPatient_TheMessageIsADeadLetter(string first, string second, string path, string code)
    {
        UntranslatableException reason = Assert.Throws<UntranslatableException>(() => Hl7.Adt("A01", first, second));
        Assert.Equal((path, code), (reason.Path, reason.Code));
    }

    [Fact]
    public void UnknownEvent_IsADeadLetter() =>
        Assert.Equal(("MSH-9", "event-not-supported"), Code(() => Hl7.Translate(@"MSH|^~\&|||||||XYZ^Z99|1|P|2.5")));

    private static (string Path, string Code) Code(Func<object> translate)
    {
        UntranslatableException reason = Assert.Throws<UntranslatableException>(translate);
        return (reason.Path, reason.Code);
    }
}
