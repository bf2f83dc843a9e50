using Canonbury.Fhir.Search;
using Canonbury.Fhir.Subscriptions;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Subscriptions;

/// <summary>Which changes are events of which topic.</summary>
public sealed class TopicsTests
{
    [Theory]
    [InlineData(null, "in-progress", "IMP", true)]
    [InlineData("planned", "in-progress", "IMP", true)]
    [InlineData("in-progress", "in-progress", "IMP", false)]
    [InlineData("planned", "in-progress", "AMB", false)]
    [InlineData("planned", "cancelled", "IMP", false)]
    [InlineData("in-progress", null, "IMP", false)]
    public void Admitted_IsWhoIsInHospitalNow_AndWasNot(string? before, string? after, string kind, bool expected) =>
        Assert.Equal(expected, Triggers("encounter-admitted", Encounter(before, kind), Encounter(after, kind)));

    [Theory]
    [InlineData("in-progress", "finished", true)]
    [InlineData(null, "finished", true)]
    [InlineData("finished", "finished", false)]
    [InlineData("in-progress", "in-progress", false)]
    public void Discharged_IsAnEncounterThatHasFinished(string? before, string after, bool expected) =>
        Assert.Equal(expected, Triggers("encounter-discharged", Encounter(before, "IMP"), Encounter(after, "IMP")));

    [Fact]
    public void Died_IsToldOnce_AndNotOfWhoLives()
    {
        Patient alive = new() { Deceased = new FhirBoolean(false) };
        Patient dead = new() { Deceased = new FhirDateTime("2026-01-05") };
        Assert.True(Triggers("patient-died", alive, dead));
        Assert.True(Triggers("patient-died", null, new Patient { Deceased = new FhirBoolean(true) }));
        Assert.False(Triggers("patient-died", dead, dead));
        Assert.False(Triggers("patient-died", dead, alive));
        Assert.False(Triggers("patient-died", null, new Patient()));
    }

    [Fact]
    public void Result_IsAFinalReport_OrALaboratoryObservation()
    {
        Assert.True(Triggers("result", null, Report(DiagnosticReport.DiagnosticReportStatus.Final)));
        Assert.False(Triggers("result", null, Report(DiagnosticReport.DiagnosticReportStatus.Preliminary)));
        Assert.True(Triggers("result", null, Observation(ObservationStatus.Final, "laboratory")));
        Assert.False(Triggers("result", null, Observation(ObservationStatus.Final, "vital-signs")));
    }

    [Fact]
    public void Result_ThatIsCorrectedOrWithdrawn_IsAnEvent()
    {
        DiagnosticReport final = Report(DiagnosticReport.DiagnosticReportStatus.Final);
        Assert.True(Triggers("result", final, Report(DiagnosticReport.DiagnosticReportStatus.Corrected)));
        Assert.True(Triggers("result", final, Report(DiagnosticReport.DiagnosticReportStatus.EnteredInError)));
        Assert.True(Triggers("result", final, null));
    }

    [Fact]
    public void EveryTopic_HasAUrlOfItsOwn_AndIsFoundByIt()
    {
        Assert.Equal(Topics.All.Count, Topics.All.Select(topic => topic.Url).Distinct().Count());
        Assert.All(Topics.All, topic => Assert.Same(topic, Topics.Find(topic.Url)));
    }

    private static bool Triggers(string topic, Resource? before, Resource? after) =>
        Topics.Find("https://canonbury.org/fhir/SubscriptionTopic/" + topic)!.Triggers(new ResourceChange(
            (after ?? before)!.TypeName, before is null ? null : ResourceValues.Of(before), after is null ? null : ResourceValues.Of(after)));

    private static Encounter? Encounter(string? status, string kind) => status is null ? null : new Encounter
    {
        Status = Hl7.Fhir.Utility.EnumUtility.ParseLiteral<Encounter.EncounterStatus>(status),
        Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", kind),
    };

    private static DiagnosticReport Report(DiagnosticReport.DiagnosticReportStatus status) => new() { Status = status };

    private static Observation Observation(ObservationStatus status, string category) => new()
    {
        Status = status,
        Category = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", category)],
    };
}
