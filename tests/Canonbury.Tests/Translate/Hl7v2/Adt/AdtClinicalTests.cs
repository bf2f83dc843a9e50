using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Adt;

public sealed class AdtClinicalTests
{
    private const string Pid = "PID|1||123^^^HOSP^MR";

    [Fact]
    public void NextOfKin_IsARelatedPerson()
    {
        RelatedPerson related =
            Hl7.Adt("A01", Pid, "NK1|1|SMITH^Bob|SPO^Spouse^HL70063|1 High St^^London|020 7946 0000||N^Next-of-Kin|20200101").Only<RelatedPerson>();
        Assert.Equal("SMITH", related.Name[0].Family);
        Assert.Equal(["SPS", "SPO"], related.Relationship[0].Coding.Select(coding => coding.Code));
        Assert.Equal("N", related.Relationship[1].Coding[0].Code);
        Assert.Equal("2020-01-01", related.Period.Start);
        Assert.Equal("London", related.Address[0].City);
        Assert.Equal("020 7946 0000", related.Telecom[0].Value);
    }

    [Fact]
    public void NextOfKin_KeepsItsIdWhereverItStands()
    {
        string alone = Hl7.Adt("A01", Pid, "NK1|1|SMITH^Bob|SPO").Only<RelatedPerson>().Id;
        IEnumerable<string> both = Hl7.Adt("A31", Pid, "NK1|1|WEST^Mary|MTH", "NK1|2|SMITH^Bob|SPO").Statements
            .Select(statement => statement.Content).OfType<RelatedPerson>().Select(related => related.Id);
        Assert.Contains(alone, both);
        Assert.Equal(2, both.Distinct().Count());
    }

    [Fact]
    public void Allergy_HasReactionWithSeverity()
    {
        ResourceStatement statement =
            Hl7.Adt("A01", Pid, "AL1|1|DA|91936005^Allergy to penicillin^SCT|SV|Rash~Swelling|20100301").Statement<AllergyIntolerance>();
        AllergyIntolerance allergy = (AllergyIntolerance)statement.Content;
        Assert.Equal(StatementMode.Snapshot, statement.Mode);
        Assert.Equal(("http://snomed.info/sct", "91936005"), (allergy.Code.Coding[0].System, allergy.Code.Coding[0].Code));
        Assert.Equal(AllergyIntolerance.AllergyIntoleranceCategory.Medication, allergy.Category.Single());
        Assert.Equal(AllergyIntolerance.AllergyIntoleranceSeverity.Severe, allergy.Reaction[0].Severity);
        Assert.Equal(["Rash", "Swelling"], allergy.Reaction[0].Manifestation.Select(manifestation => manifestation.Text));
        Assert.Equal("active", allergy.ClinicalStatus.Coding[0].Code);
        Assert.Equal("2010-03-01", Assert.IsType<FhirDateTime>(allergy.Onset).Value);
    }

    [Fact]
    public void AllergyWithoutReaction_HasCriticality()
    {
        AllergyIntolerance allergy = Hl7.Adt("A01", Pid, "AL1|1|FA|^Peanuts|SV").Only<AllergyIntolerance>();
        Assert.Equal(AllergyIntolerance.AllergyIntoleranceCriticality.High, allergy.Criticality);
        Assert.Equal("Peanuts", allergy.Code.Text);
        Assert.Empty(allergy.Reaction);
    }

    [Fact]
    public void WithdrawnAllergy_IsEnteredInError() =>
        Assert.Equal("entered-in-error",
            Hl7.Adt("A60", Pid, "IAM|1|DA|PEN^Penicillin|SV||D|7^HOSP").Only<AllergyIntolerance>().VerificationStatus.Coding[0].Code);

    [Fact]
    public void Diagnosis_IsAConditionOfTheVisit()
    {
        Translation translation =
            Hl7.Adt("A01", Pid, "PV1|1|I|||||||||||||||||V10001", "DG1|1||I21.9^Acute MI^I10||20240501|A||||||||||C1^WOOLF^Kate");
        Condition condition = translation.Only<Condition>();
        Assert.Equal(("http://hl7.org/fhir/sid/icd-10", "I21.9"), (condition.Code.Coding[0].System, condition.Code.Coding[0].Code));
        Assert.Equal($"Encounter/{translation.Only<Encounter>().Id}", condition.Encounter.Reference);
        Assert.Equal("2024-05-01", Assert.IsType<FhirDateTime>(condition.Onset).Value);
        Assert.Equal("encounter-diagnosis", condition.Category[0].Coding[0].Code);
        Assert.Equal("Kate WOOLF", condition.Asserter.Display);
    }

    [Fact]
    public void DeletedDiagnosis_IsEnteredInError() => Assert.Equal("entered-in-error",
        Hl7.Adt("A08", Pid, "DG1|1||I21.9^Acute MI^I10|||||||||||||||||D1|D").Only<Condition>().VerificationStatus.Coding[0].Code);

    [Theory]
    [InlineData("AL1|1|DA", "allergen-missing")]
    [InlineData("DG1|1|I10", "diagnosis-missing")]
    public void SegmentWithoutItsSubject_IsReportedAndLeftOut(string segment, string code) =>
        Assert.Equal(code, Assert.Single(Hl7.Adt("A08", Pid, segment).Findings).Code);

    [Fact]
    public void Insurance_IsToleratedAndCountedAsUnmapped() =>
        Assert.Equal([new UnmappedField("IN1-2", 1), new UnmappedField("IN1-3", 1)], Hl7.Adt("A01", Pid, "IN1|1|PLAN|CO").Unmapped);

    [Fact]
    public void Observation_OfAnAdmission_BelongsToPatientAndVisit()
    {
        Translation translation = Hl7.Adt(
            "A01", Pid, "PV1|1|I|||||||||||||||||V10001", "OBX|1|NM|29463-7^Body weight^LN||70.5|kg|||||F|||20240501");
        Observation observation = translation.Only<Observation>();
        Assert.Equal(70.5m, Assert.IsType<Quantity>(observation.Value).Value);
        Assert.Equal($"Patient/{translation.Only<Patient>().Id}", observation.Subject.Reference);
        Assert.Equal($"Encounter/{translation.Only<Encounter>().Id}", observation.Encounter.Reference);
    }
}
