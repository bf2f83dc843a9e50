using System.Text;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Json;
using Xunit;

namespace Canonbury.Tests.Fhir.Cards;

public sealed class CardExtractorTests
{
    [Fact]
    public void Problem_KeepsStatusVerificationAndThePrecisionOfItsDates()
    {
        Card card = Of("""
            {"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},
             "code":{"coding":[{"system":"http://snomed.info/sct","code":"73211009","display":"Diabetes mellitus"}],"text":"DM type 2"},
             "subject":{"reference":"Patient/1"},"onsetDateTime":"2019-05","abatementDateTime":"2021","recordedDate":"2019-06-02",
             "recorder":{"display":"Dr Ada Byron"},"encounter":{"reference":"Encounter/9"}}
            """);

        Assert.Equal(
            (Section.Problems, "Diabetes mellitus", "http://snomed.info/sct", "73211009", "DM type 2"),
            (card.Section, card.Title, card.System, card.Code, card.OriginalText));
        Assert.Equal(("active", "confirmed"), (card.Status, card.Verification));
        Assert.Equal(("2019-05", "2021", "2019-06-02"), (card.When, card.Until, card.Recorded));
        Assert.Equal(("Dr Ada Byron", "Encounter/9", false), (card.Author, card.PartOf, card.Withdrawn));
        Assert.Contains("dm type 2", SearchWords.Of(card), StringComparison.Ordinal);
    }

    [Fact]
    public void LaboratoryResult_HasNumberRangeAndInterpretation()
    {
        Card card = Of("""
            {"resourceType":"Observation","status":"final","category":[{"coding":[{"code":"laboratory"}]}],
             "code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]},"effectiveDateTime":"2024-02-01T10:00:00Z",
             "valueQuantity":{"value":5.90,"comparator":">","unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},
             "interpretation":[{"coding":[{"code":"H"}]}],"referenceRange":[{"low":{"value":3.5},"high":{"value":5.3}}]}
            """);

        Assert.Equal((Section.Results, 5.90m, ">", "mmol/L", "mmol/L"), (card.Section, card.Value, card.Comparator, card.Unit, card.UnitCode));
        Assert.Equal((3.5m, 5.3m, "H", "http://loinc.org|2823-3"), (card.Low, card.High, card.Interpretation, card.Group));
    }

    [Fact]
    public void BloodPressure_IsAMeasurementWithItsComponentsInWords()
    {
        Card card = Of("""
            {"resourceType":"Observation","status":"final","category":[{"coding":[{"code":"vital-signs"}]}],"code":{"text":"Blood pressure"},
             "component":[{"code":{"text":"Systolic"},"valueQuantity":{"value":120,"unit":"mmHg"}},
                          {"code":{"text":"Diastolic"},"valueQuantity":{"value":80,"unit":"mmHg"}}]}
            """);

        Assert.Equal((Section.Measurements, "Systolic 120 mmHg, Diastolic 80 mmHg"), (card.Section, card.Text));
        Assert.Equal("text|blood pressure", card.Group);
        Assert.Equal([("Systolic", 120m, "mmHg"), ("Diastolic", 80m, "mmHg")], card.Parts.Select(part => (part.Title, part.Value, part.Unit!)));
    }

    [Theory]
    [InlineData("L-NORTH", "HB1", "718-7")]
    [InlineData("L-SOUTH", "HAEM", "718-7")]
    public void ResultOfAnyLaboratory_IsGroupedByTheCodeThatAllOfThemKnow(string own, string code, string loinc)
    {
        Card card = Of($$$"""
            {"resourceType":"Observation","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[
              {"system":"urn:x:{{{own}}}","code":"{{{code}}}","display":"Haemoglobin"},{"system":"http://loinc.org","code":"{{{loinc}}}"} ] },
             "valueQuantity":{"value":131,"unit":"g/L"}}
            """);

        Assert.Equal("http://loinc.org|718-7", card.Group);
        Assert.Equal(("Haemoglobin", code), (card.Title, card.Code));
    }

    [Fact]
    public void Encounter_IsNamedByWhatItWasAndHasNoBareCodes()
    {
        Card card = Of("""
            {"resourceType":"Encounter","status":"finished","class":{"code":"IMP","display":"inpatient encounter"},
             "type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0007","code":"21"}]}],
             "serviceType":{"coding":[{"code":"Acute medicine"}]},
             "reasonCode":[{"text":"Fall at home"}],"hospitalization":{"dischargeDisposition":{"coding":[{"code":"1"}]}}}
            """);

        Assert.Equal(("Hospital stay", "Acute medicine, Fall at home", "21"), (card.Title, card.Text, card.Code));
    }

    [Fact]
    public void Letter_ThatWasReplaced_IsNotCalledFinal()
    {
        Card card = Of("""
            {"resourceType":"DocumentReference","status":"superseded","docStatus":"final","type":{"text":"Clinic letter"},
             "relatesTo":[{"code":"replaces","target":{"reference":"DocumentReference/7"}}]}
            """);

        Assert.Equal(("superseded", "DocumentReference/7"), (card.Status, card.Replaces));
    }

    [Fact]
    public void Binary_StandsWithItsDocument()
    {
        Card card = Of("""{"resourceType":"Binary","contentType":"text/plain","securityContext":{"reference":"DocumentReference/9"}}""");

        Assert.Equal((Section.Documents, "DocumentReference/9"), (card.Section, card.PartOf));
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","status":"entered-in-error","code":{"text":"x"}}""", true)]
    [InlineData("""{"resourceType":"Observation","status":"cancelled","code":{"text":"x"}}""", false)]
    [InlineData("""{"resourceType":"DiagnosticReport","status":"cancelled","code":{"text":"x"}}""", true)]
    [InlineData("""{"resourceType":"Condition","verificationStatus":{"coding":[{"code":"entered-in-error"}]}}""", true)]
    [InlineData("""{"resourceType":"Appointment","status":"cancelled"}""", false)]
    [InlineData("""{"resourceType":"DocumentReference","status":"entered-in-error","docStatus":"final"}""", true)]
    public void Withdrawn_IsWhatTheSourceTookBack(string json, bool withdrawn) => Assert.Equal(withdrawn, Of(json).Withdrawn);

    [Theory]
    [InlineData("""{"resourceType":"AllergyIntolerance","code":{"text":"Penicillin"},"criticality":"high","reaction":[{"manifestation":[{"text":"Rash"}],"severity":"mild"}]}""",
        Section.Allergies, "Penicillin", "Rash (mild)")]
    [InlineData("""{"resourceType":"MedicationRequest","status":"active","medicationCodeableConcept":{"text":"Aspirin 75 mg"},"dosageInstruction":[{"text":"One a day"}]}""",
        Section.Medicines, "Aspirin 75 mg", "One a day")]
    [InlineData("""{"resourceType":"MedicationStatement","contained":[{"resourceType":"Medication","id":"m","code":{"text":"Insulin"}}],"medicationReference":{"reference":"#m"},"dosage":[{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":4,"unit":"units"}}]}]}""",
        Section.Medicines, "Insulin", "4 units, 2 times every day")]
    [InlineData("""{"resourceType":"Immunization","status":"completed","vaccineCode":{"text":"MMR"},"lotNumber":"A1","protocolApplied":[{"doseNumberPositiveInt":2}]}""",
        Section.Immunisations, "MMR", "dose 2, batch A1")]
    [InlineData("""{"resourceType":"Encounter","status":"finished","class":{"code":"IMP"},"reasonCode":[{"text":"Fall"}]}""",
        Section.Encounters, "Hospital stay", "Fall")]
    [InlineData("""{"resourceType":"FamilyMemberHistory","status":"completed","relationship":{"text":"Mother"},"condition":[{"code":{"text":"Stroke"},"onsetAge":{"value":60,"unit":"years"}}]}""",
        Section.FamilyHistory, "Stroke", "Mother, age 60 years")]
    [InlineData("""{"resourceType":"CareTeam","name":"Diabetes team","participant":[{"role":[{"text":"Nurse"}],"member":{"display":"Ann Lee"}}]}""",
        Section.CareTeam, "Diabetes team", "Ann Lee (Nurse)")]
    [InlineData("""{"resourceType":"CarePlan","status":"active","category":[{"coding":[{"code":"social-care"}],"text":"Care and support plan"}]}""",
        Section.SocialCare, "Care and support plan", null)]
    [InlineData("""{"resourceType":"ServiceRequest","status":"active","code":{"text":"Cardiology"},"reasonCode":[{"text":"Palpitations"}]}""",
        Section.Referrals, "Cardiology", "Palpitations")]
    [InlineData("""{"resourceType":"RelatedPerson","name":[{"given":["Eve"],"family":"Mba"}],"relationship":[{"text":"Sister"}]}""",
        Section.Contacts, "Eve Mba", "Sister")]
    [InlineData("""{"resourceType":"Flag","status":"active","code":{"text":"Needs a hoist"},"category":[{"text":"Safety"}]}""",
        Section.Alerts, "Needs a hoist", "Safety")]
    public void Type_GoesToItsSectionWithTitleAndText(string json, Section section, string title, string? text)
    {
        Card card = Of(json);
        Assert.Equal((section, title, text), (card.Section, card.Title, card.Text));
    }

    [Fact]
    public void OtherType_GetsAPlainCard()
    {
        Card card = Of("""{"resourceType":"ClinicalImpression","status":"completed","code":{"text":"Well"},"effectiveDateTime":"2023-01-02","assessor":{"display":"X"}}""");
        Assert.Equal((Section.Other, "Well", "completed", "2023-01-02"), (card.Section, card.Title, card.Status, card.When));
        Assert.Equal("Immunization recommendation", Of("""{"resourceType":"ImmunizationRecommendation"}""").Title);
    }

    [Fact]
    public void Empty_StillHasATitle() => Assert.Equal("Observation", Of("""{"resourceType":"Observation"}""").Title);

    private static Card Of(string json) => CardExtractor.Extract(FhirJson.ParseStored(Encoding.UTF8.GetBytes(json)).Resource!);
}
