using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Index;
using Canonbury.Fhir.Search.Query;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Search;

/// <summary>
/// The predicates against what search.html says and shows, without a database; each resource is asked by its stored values.
/// https://hl7.org/fhir/R4/search.html
/// </summary>
public sealed class SearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Patient Eve = new()
    {
        Id = "eve",
        Meta = new Meta { LastUpdated = new DateTimeOffset(2013, 1, 14, 10, 0, 0, TimeSpan.Zero), Tag = [new Coding("http://acme.org/codes", "needs-review")] },
        Name = [new HumanName { Family = "Müller-Évêque", Given = ["Eve", "Steven"] }],
        Gender = AdministrativeGender.Female,
        BirthDate = "1973-06-04",
        Identifier =
        [
            new Identifier("http://acme.org/patient", "2345") { Type = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v2-0203", "MR") },
        ],
        Telecom = [new ContactPoint(ContactPoint.ContactPointSystem.Phone, null, "020 7946 0000")],
        Address = [new Address { City = "London", PostalCode = "N1 1AA", Line = ["1 Upper Street"] }],
        ManagingOrganization = new ResourceReference("Organization/o1") { Identifier = new Identifier("urn:ods", "RKE") },
    };

    private static readonly Observation Potassium = new()
    {
        Id = "k",
        Status = ObservationStatus.Final,
        Code = new CodeableConcept("http://loinc.org", "2823-3", "Potassium [Moles/volume] in Serum", "Serum potassium"),
        Subject = new ResourceReference("Patient/23"),
        Effective = new FhirDateTime("2013-01-14T10:00:00+01:00"),
        Value = new Quantity(5.4m, "mmol/L") { System = "http://unitsofmeasure.org", Code = "mmol/L" },
    };

    [Theory]
    [InlineData("given=eve")]
    [InlineData("given=Ev")]
    [InlineData("given:contains=eve")]
    [InlineData("given:contains=VEN")]
    [InlineData("given:exact=Eve")]
    [InlineData("family=muller-eveque")]
    [InlineData("name=muller,nobody")]
    [InlineData("gender=female")]
    [InlineData("gender=http://hl7.org/fhir/administrative-gender|female")]
    [InlineData("gender:not=male")]
    [InlineData("identifier=http://acme.org/patient|2345")]
    [InlineData("identifier=2345")]
    [InlineData("identifier=http://acme.org/patient|")]
    [InlineData("identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|2345")]
    [InlineData("birthdate=1973")]
    [InlineData("birthdate=1973-06-04")]
    [InlineData("birthdate=ge1973-06-04")]
    [InlineData("birthdate=lt1974")]
    [InlineData("birthdate=sa1973-06-03")]
    [InlineData("birthdate=ap1974")]
    [InlineData("death-date:missing=true")]
    [InlineData("birthdate:missing=false")]
    [InlineData("deceased=false")]
    [InlineData("phone=020 7946 0000")]
    [InlineData("address=1 upper", "address-postalcode=n1")]
    [InlineData("organization=o1")]
    [InlineData("organization=Organization/o1")]
    [InlineData("organization=http://here/fhir/Organization/o1")]
    [InlineData("organization:Organization=o1")]
    [InlineData("organization:identifier=urn:ods|RKE")]
    [InlineData("_id=eve,adam")]
    [InlineData("_lastUpdated=gt2013-01-13", "_tag=http://acme.org/codes|needs-review")]
    [InlineData("_content=upper london")]
    public void Patient_IsFound(params string[] query) => Assert.True(Matches(Eve, query));

    [Theory]
    [InlineData("given:exact=eve")]
    [InlineData("given=ven")]
    [InlineData("gender=male")]
    [InlineData("gender:not=female")]
    [InlineData("gender=http://other|female")]
    [InlineData("identifier=|2345")]
    [InlineData("identifier=http://acme.org/other|2345")]
    [InlineData("identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|NI|2345")]
    [InlineData("birthdate=1973-06-05")]
    [InlineData("birthdate=gt1973-06-04")]
    [InlineData("birthdate=ne1973")]
    [InlineData("birthdate=eb1973-06-04")]
    [InlineData("birthdate:missing=true")]
    [InlineData("deceased=true")]
    [InlineData("email=020 7946 0000")]
    [InlineData("organization=http://elsewhere/fhir/Organization/o1")]
    [InlineData("organization=o2")]
    [InlineData("given=eve", "family=smith")]
    [InlineData("_lastUpdated=lt2013-01-13")]
    [InlineData("_content=upper paris")]
    public void Patient_IsNotFound(params string[] query) => Assert.False(Matches(Eve, query));

    [Theory]
    [InlineData("value-quantity=5.4|http://unitsofmeasure.org|mmol/L")]
    [InlineData("value-quantity=5.40e-3|http://unitsofmeasure.org|mol/L")]
    [InlineData("value-quantity=5400|http://unitsofmeasure.org|umol/L")]
    [InlineData("value-quantity=5.4||mmol/L")]
    [InlineData("value-quantity=5.4")]
    [InlineData("value-quantity=5")]
    [InlineData("value-quantity=gt5")]
    [InlineData("value-quantity=le5.4")]
    [InlineData("value-quantity=ap5.8")]
    [InlineData("code:text=serum pot")]
    [InlineData("code:text=potassium")]
    [InlineData("code-value-quantity=http://loinc.org|2823-3$gt5.0")]
    [InlineData("patient=23", "code=2823-3")]
    [InlineData("subject:Patient=23")]
    [InlineData("date=2013-01-14T09:00:00Z")]
    [InlineData("date=2013-01-14T09:00Z")]
    [InlineData("date=le2013-01-14", "date=ge2013-01")]
    [InlineData("status=final,amended")]
    public void Observation_IsFound(params string[] query) => Assert.True(Matches(Potassium, query));

    [Theory]
    [InlineData("value-quantity=5.4|http://unitsofmeasure.org|mg/dL")]
    [InlineData("value-quantity=5.40|http://unitsofmeasure.org|mol/L")]
    [InlineData("value-quantity=lt10|http://unitsofmeasure.org|10*24/L")]
    [InlineData("value-quantity=gt1|http://unitsofmeasure.org|[iU]/L")]
    [InlineData("value-quantity=5.41")]
    [InlineData("value-quantity=gt5.4")]
    [InlineData("value-quantity=ne5.4")]
    [InlineData("code-value-quantity=http://loinc.org|2823-3$lt5.0")]
    [InlineData("code:text=potassium in")]
    [InlineData("subject:Group=23")]
    [InlineData("date=2013-01-14T10:00:00Z")]
    [InlineData("date=gt2013-01-14")]
    [InlineData("category:not=x", "status=amended")]
    public void Observation_IsNotFound(params string[] query) => Assert.False(Matches(Potassium, query));

    [Theory]
    [InlineData("http://acme.org/fhir/ValueSet/123", "url=http://acme.org/fhir/ValueSet/123", true)]
    [InlineData("http://acme.org/fhir/ValueSet/123", "url:below=http://acme.org/fhir/", true)]
    [InlineData("http://acme.org/fhir/ValueSet/123", "url=http://acme.org/fhir/", false)]
    [InlineData("http://acme.org/fhir", "url:above=http://acme.org/fhir/ValueSet/123/_history/5", true)]
    [InlineData("http://acme.org/fhirs", "url:above=http://acme.org/fhir/ValueSet/123", false)]
    public void Uri_ComparesAsTheSpecificationShows(string url, string query, bool found) =>
        Assert.Equal(found, Matches(new ValueSet { Id = "v", Url = url, Status = PublicationStatus.Draft }, [query]));

    [Theory]
    [InlineData("100", "99.5", true)]
    [InlineData("100", "100.4", true)]
    [InlineData("100", "100.5", false)]
    [InlineData("100.00", "100.004", true)]
    [InlineData("100.00", "100.01", false)]
    [InlineData("1e2", "104", true)]
    [InlineData("1e2", "106", false)]
    [InlineData("lt100", "99.9", true)]
    [InlineData("ge100", "100", true)]
    public void Number_HasThePrecisionOfItsDigits(string searched, string stored, bool found) => Assert.Equal(found, Matches(
        new RiskAssessment
        {
            Id = "r",
            Status = ObservationStatus.Final,
            Subject = new ResourceReference("Patient/1"),
            Prediction = [new RiskAssessment.PredictionComponent { Probability = new FhirDecimal(decimal.Parse(stored, System.Globalization.CultureInfo.InvariantCulture)) }],
        },
        [$"probability={searched}"]));

    [Theory]
    [InlineData("name:phonetic=x", "modifier-not-supported")]
    [InlineData("gender:exact=x", "modifier-not-supported")]
    [InlineData("birthdate=yesterday", "parameter-value-invalid")]
    [InlineData("birthdate=1973-13-01", "parameter-value-invalid")]
    [InlineData("_count=-1", "parameter-value-invalid")]
    [InlineData("birthdate:missing=perhaps", "parameter-value-invalid")]
    [InlineData("organization:Practitioner=x", "modifier-not-supported")]
    [InlineData("_include:first=Patient:organization", "modifier-not-supported")]
    public void Query_WithAWrongValueOrModifier_IsRefusedByName(string query, string code)
    {
        Problem? problem = Read("Patient", strict: false, query).Problem;
        Assert.NotNull(problem);
        Assert.Equal(code, Assert.Single(problem.Issues).Code);
        Assert.Equal("http." + query.Split('=')[0], problem.Issues[0].Expression);
    }

    [Fact]
    public void Query_WithAnUnknownParameter_IsRefusedWhenStrict_AndSaidWhenNot()
    {
        Assert.Equal("parameter-unknown", Assert.Single(Read("Patient", strict: true, "shoesize=9", "name=eve").Problem!.Issues).Code);
        SearchQuery lenient = Read("Patient", strict: false, "shoesize=9", "name=eve").Query!;
        Assert.Equal("http.shoesize", Assert.Single(lenient.PassedOver).Expression);
        Assert.Equal("name", Assert.Single(lenient.Understood).Key);
    }

    private static bool Matches(Resource resource, string[] query)
    {
        ReadQuery read = Read(resource.TypeName, strict: true, query);
        Assert.True(read.Query is not null, read.Problem?.Issues[0].Code);
        ResourceValues values = ResourceValues.Of(resource.TypeName, resource.Id, IndexBytes.Write(resource), () => resource);
        return read.Query.Criteria.All(criterion => Assert.IsType<Predicate>(criterion, exactMatch: false).Matches(values));
    }

    private static ReadQuery Read(string type, bool strict, params string[] query) =>
        new QueryReader(new QueryContext("http://here/fhir", Now, (_, _) => null, strict)).Read(
            [type], [.. query.Select(part => part.Split('=', 2)).Select(part => KeyValuePair.Create(part[0], part[1]))]);
}
