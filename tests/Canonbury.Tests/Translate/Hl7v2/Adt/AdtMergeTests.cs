using Canonbury.Fhir.Ids;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2.Adt;

public sealed class AdtMergeTests
{
    [Theory]
    [InlineData("A18")]
    [InlineData("A30")]
    [InlineData("A34")]
    [InlineData("A36")]
    [InlineData("A39")]
    [InlineData("A40")]
    [InlineData("A47")]
    public void Merge_RetiresMrg1InFavourOfPid3(string trigger)
    {
        Translation translation = Hl7.Adt(trigger, "PID|1||2^^^HOSP^MR", "MRG|1^^^HOSP^MR");
        Assert.Equal([new PatientMerge(Patient("HOSP|1"), Patient("HOSP|2"))], translation.Merges);
        Assert.Equal(Patient("HOSP|2").ToString(), translation.Only<Patient>().Id);
        Assert.Empty(translation.Unmapped);
    }

    [Fact]
    public void SeveralMergesInOneMessage_AreKeptApart()
    {
        Translation translation = Hl7.Adt("A40", "PID|1||2", "MRG|1", "PID|2||4", "MRG|3");
        Assert.Equal([new PatientMerge(Patient("1"), Patient("2")), new PatientMerge(Patient("3"), Patient("4"))], translation.Merges);
    }

    [Fact]
    public void MergeWithItself_IsReportedAndDoesNothing()
    {
        Translation translation = Hl7.Adt("A40", "PID|1||1", "MRG|1");
        Assert.Empty(translation.Merges);
        Assert.Equal("merge-with-itself", Assert.Single(translation.Findings).Code);
    }

    [Theory]
    [InlineData("ZZZ|1", "MRG")]
    [InlineData("MRG|", "MRG-1")]
    public void MergeWithoutARetiredPatient_IsADeadLetter(string segment, string path) =>
        Assert.Equal(path, Assert.Throws<UntranslatableException>(() => Hl7.Adt("A40", "PID|1||1", segment)).Path);

    [Fact]
    public void Swap_GivesEachPatientItsOwnBed()
    {
        Translation translation =
            Hl7.Adt("A17", "PID|1||1", "PV1|1|I|A^1^1||||||||||||||||V10001", "PID|2||2", "PV1|1|I|A^1^2||||||||||||||||V10002");
        Assert.Equal(
            [$"{Patient("1")} A, Room 1, Bed 1", $"{Patient("2")} A, Room 1, Bed 2"],
            translation.Statements.Where(statement => statement.Content is Encounter)
                .Select(statement => $"{statement.Owner} {((Encounter)statement.Content).Location[0].Location.Display}"));
    }

    [Fact]
    public void Link_NamesTheOtherPatientAndUnlinkClearsIt()
    {
        Translation link = Hl7.Adt("A24", "PID|1||1", "PID|2||2");
        Assert.Equal([$"Patient/{Patient("2")}", $"Patient/{Patient("1")}"],
            link.Statements.Select(statement => statement.Content).OfType<Patient>().SelectMany(patient => patient.Link).Select(other =>
                other.Other.Reference));
        Assert.Equal(2, Hl7.Adt("A37", "PID|1||1", "PID|2||2").Statements.Count(statement => statement.Cleared.Contains("link")));
    }

    [Fact]
    public void RemovedPerson_BecomesInactive() => Assert.Contains(
        Hl7.Adt("A29", "PID|1||1").Statements, statement => statement.Content is Patient { Active: false });

    [Fact]
    public void RenumberedVisit_LeavesNoSecondVisit()
    {
        Translation translation = Hl7.Adt("A50", "PID|1||1", "MRG|1||||V10001", "PV1|1|I|||||||||||||||||V10002");
        Assert.Equal([null, Encounter.EncounterStatus.EnteredInError],
            translation.Statements.Where(statement => statement.Stamp?.At != DateTimeOffset.UnixEpoch)
                .Select(statement => statement.Content).OfType<Encounter>().Select(encounter => encounter.Status));
    }

    private static PatientId Patient(string key) => PatientId.Of(new SourceId("pas"), key);
}
