using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Adt;

public sealed class AdtEncounterTests
{
    private const string Pid = "PID|1||123^^^HOSP^MR";

    private const string Pv1 =
        "PV1|1|I|WardA^Bay 2^4^STH^^BED^Main|E|||C1^WOOLF^Kate^^^Dr^^^GMC|C2^REF^Rob|C3^CON^Col|110||||7|||C4^ADM^Al||V10001"
        + "|||||||||||||||||||||||||202405011000";

    [Theory]
    [InlineData("A01", Encounter.EncounterStatus.InProgress)]
    [InlineData("A02", Encounter.EncounterStatus.InProgress)]
    [InlineData("A03", Encounter.EncounterStatus.Finished)]
    [InlineData("A04", Encounter.EncounterStatus.Arrived)]
    [InlineData("A05", Encounter.EncounterStatus.Planned)]
    [InlineData("A06", Encounter.EncounterStatus.InProgress)]
    [InlineData("A07", Encounter.EncounterStatus.InProgress)]
    [InlineData("A08", null)]
    [InlineData("A11", Encounter.EncounterStatus.Cancelled)]
    [InlineData("A12", Encounter.EncounterStatus.InProgress)]
    [InlineData("A13", Encounter.EncounterStatus.InProgress)]
    [InlineData("A14", Encounter.EncounterStatus.Planned)]
    [InlineData("A16", null)]
    [InlineData("A21", Encounter.EncounterStatus.Onleave)]
    [InlineData("A22", Encounter.EncounterStatus.InProgress)]
    [InlineData("A23", Encounter.EncounterStatus.EnteredInError)]
    [InlineData("A28", null)]
    [InlineData("A31", null)]
    [InlineData("A38", Encounter.EncounterStatus.Cancelled)]
    public void Status_IsStatedOnlyWhereTheEventSaysIt(string trigger, Encounter.EncounterStatus? status)
    {
        ResourceStatement statement = Hl7.Adt(trigger, Pid, Pv1).Statement<Encounter>();
        Assert.Equal(status, ((Encounter)statement.Content).Status);
        Assert.Equal(StatementMode.Elements, statement.Mode);
    }

    [Fact]
    public void Encounter_TakesWhatPv1Says()
    {
        Encounter encounter = Hl7.Adt("A01", Pid, Pv1, "PV2|||CP^Chest pain||||||20240505").Only<Encounter>();
        Assert.Equal("IMP", encounter.Class.Code);
        Assert.Equal("E", encounter.Type[0].Coding[0].Code);
        Assert.Equal("110", encounter.ServiceType.Coding[0].Code);
        Assert.Equal(("V10001", "VN"), (encounter.Identifier[0].Value, encounter.Identifier[0].Type.Coding[0].Code));
        Assert.Equal("2024-05-01T10:00:00+01:00", encounter.Period.Start);
        Assert.Equal("WardA, Bay 2, Bed 4, Main, STH", encounter.Location[0].Location.Display);
        Assert.Equal(["ATND Dr Kate WOOLF", "REF Rob REF", "CON Col CON", "ADM Al ADM"],
            encounter.Participant.Select(person => $"{person.Type[0].Coding[0].Code} {person.Individual.Display}"));
        Assert.Equal("https://fhir.hl7.org.uk/Id/gmc-number", encounter.Participant[0].Individual.Identifier.System);
        Assert.Equal("7", encounter.Hospitalization.AdmitSource.Coding[0].Code);
        Assert.Equal("Chest pain", encounter.ReasonCode[0].Text);
        Assert.EndsWith("plannedEndDate", encounter.Extension[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Encounter_KeepsItsIdFromAdmissionToDischarge()
    {
        string admitted = Hl7.Adt("A01", Pid, Pv1).Only<Encounter>().Id;
        Assert.Equal(admitted, Hl7.Adt("A03", Pid, Pv1 + "|202405031200").Only<Encounter>().Id);
        Assert.NotEqual(admitted, Hl7.Adt("A01", Pid, Pv1.Replace("V10001", "V10002", StringComparison.Ordinal)).Only<Encounter>().Id);
    }

    [Fact]
    public void ShortVisitNumbers_OfTwoPatients_AreTwoVisits() => Assert.NotEqual(
        Hl7.Adt("A01", "PID|1||1", Pv1.Replace("V10001", "3", StringComparison.Ordinal)).Only<Encounter>().Id,
        Hl7.Adt("A01", "PID|1||2", Pv1.Replace("V10001", "3", StringComparison.Ordinal)).Only<Encounter>().Id);

    [Fact]
    public void Update_WithADischargeTime_IsFinished() =>
        Assert.Equal(Encounter.EncounterStatus.Finished, Hl7.Adt("A08", Pid, Pv1 + "|202405031200").Only<Encounter>().Status);

    [Theory]
    [InlineData(Pv1)]
    [InlineData("PV1|1|I|||||||||||||||||V10001")]
    public void CancelledDischarge_LeavesNoEnd_AndTheBeginning(string pv1)
    {
        ResourceStatement statement = Hl7.Adt("A13", Pid, pv1).Statement<Encounter>();
        Assert.Null(((Encounter)statement.Content).Period?.End);
        Assert.Contains("period/end", statement.Cleared);
        Assert.DoesNotContain(statement.Cleared, key => key is "period" or "period/start");
    }

    [Fact]
    public void VisitWithoutNumberAndTime_IsReportedAndLeftOut()
    {
        Translation translation = Hl7.Adt("A01", Pid, "PV1|1|I|WardA");
        Assert.DoesNotContain(translation.Statements, statement => statement.Content is Encounter);
        Assert.Equal("visit-number-missing", Assert.Single(translation.Findings).Code);
        Assert.Contains(new UnmappedField("PV1-3", 1), translation.Unmapped);
    }

    [Theory]
    [InlineData("A31", "PV1|1|N|||||||||||||||||V10001")]
    [InlineData("A31", "PV1|1|I")]
    public void NoVisit_IsNoFinding(string trigger, string pv1)
    {
        Translation translation = Hl7.Adt(trigger, Pid, pv1);
        Assert.IsType<Patient>(Assert.Single(translation.Statements).Content);
        Assert.Empty(translation.Findings);
    }

    [Theory]
    [InlineData("Y", "R")]
    [InlineData("VIP", "R")]
    [InlineData("N", "N")]
    public void Vip_IsASecurityLabel(string vip, string label) =>
        Assert.Equal(label, Hl7.Adt("A01", Pid, $"PV1|1|I||||||||||||||{vip}|||V10001").Only<Encounter>().Meta.Security[0].Code);

    // EVN-2 with a date only: the discharge of an afternoon must not lie before the admission of that morning.
    [Theory]
    [InlineData("20240501", "20240501101500")]
    [InlineData("20240430", "20240430000000")]
    public void Stamp_OfADateAlone_IsTheTimeOfSendingOnThatDay(string recorded, string expected)
    {
        Translation translation = Hl7.Translate(Hl7.Msh, $"EVN|A08|{recorded}", Pid);
        Assert.Equal(expected, translation.Stamp.At.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Stamp_IsTheRecordedTimeOfTheEventAndNeverTheReceipt()
    {
        Translation translation = Hl7.Adt("A01", Pid, Pv1);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 10, 14, 0, TimeSpan.FromHours(1)), translation.Stamp.At);
        Assert.StartsWith("20240501101500|42|", translation.Stamp.Tie, StringComparison.Ordinal);
        Assert.Equal(translation.Stamp, Hl7.Adt("A01", Pid, Pv1).Stamp);
        Assert.NotEqual(translation.Stamp, Hl7.Adt("A01", Pid, Pv1 + "|").Stamp);
    }
}
