using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>ORU^R01: HL7 v2 chapter 7 and the published maps OBR[DiagnosticReport] and OBX[Observation].</summary>
public sealed class ResultsTests
{
    private const string Obr = "OBR|1|P1^GP|F1^LAB|U&E^Urea and electrolytes^WinPath|||20260228091500|||||||||||||||20260301102000|||F";

    [Fact]
    public void Report_HasItsResultsInOrder_WithSubjectAndTimes()
    {
        Translation translation = Messages.Translate(
            "ORU^R01",
            "ORC|RE|P1^GP|F1^LAB",
            Obr,
            "OBX|1|NM|NA^Sodium^WinPath||141|mmol/L|133-146||||F",
            "OBX|2|NM|K^Potassium^WinPath||4.50|mmol/L|||||F");

        DiagnosticReport report = Assert.Single(translation.All<DiagnosticReport>());
        List<Observation> results = translation.All<Observation>();
        Assert.Equal(DiagnosticReport.DiagnosticReportStatus.Final, report.Status);
        Assert.Equal("2026-02-28T09:15:00+00:00", Assert.IsType<FhirDateTime>(report.Effective).Value);
        Assert.Equal(["Sodium", "Potassium"], results.Select(result => result.Code?.Text));
        Assert.Equal(results.Select(result => $"Observation/{result.Id}"), report.Result.Select(result => result.Reference));
        Assert.All(results, result => Assert.Equal(report.Subject?.Reference, result.Subject?.Reference));
        Assert.Equal("4.50", Assert.IsType<Quantity>(results[1].Value).Value?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("UMOLL", "umol/L")]
    [InlineData("µmol/L", "umol/L")]
    [InlineData(@"10\S\9/L", "10*9/L")]
    [InlineData("x10^9/l", "10*9/L")]
    [InlineData("MDC_DIM_MMHG", "mm[Hg]")]
    [InlineData("mL/min/1.73m2", "mL/min/{1.73_m2}")]
    [InlineData("a^year^UCUM", "a")]
    public void Unit_ThatIsKnown_IsKeptAsSentAndCodedInUcum(string sent, string ucum)
    {
        Quantity value = Assert.IsType<Quantity>(First($"OBX|1|NM|X^X^L||5|{sent}|||||F").Value);

        Assert.Equal("http://unitsofmeasure.org", value.System);
        Assert.Equal(ucum, value.Code);
        Assert.NotNull(value.Unit);
    }

    [Fact]
    public void Unit_ThatIsNotKnown_IsShownAsSentWithoutACode()
    {
        Translation translation = Messages.Translate("ORU^R01", Obr, "OBX|1|NM|X^X^L||5|blobs|||||F");

        Quantity value = Assert.IsType<Quantity>(translation.All<Observation>()[0].Value);
        Assert.Equal("blobs", value.Unit);
        Assert.Null(value.Code);
        Assert.Contains(translation.Findings, finding => finding.Code == "unit-unknown");
    }

    [Theory]
    [InlineData("F", ObservationStatus.Final)]
    [InlineData("C", ObservationStatus.Corrected)]
    [InlineData("P", ObservationStatus.Preliminary)]
    [InlineData("D", ObservationStatus.EnteredInError)]
    [InlineData("W", ObservationStatus.EnteredInError)]
    [InlineData("X", ObservationStatus.Cancelled)]
    public void Status_FollowsObx11(string sent, ObservationStatus expected) =>
        Assert.Equal(expected, First($"OBX|1|NM|X^X^L||5|g/L|||||{sent}").Status);

    [Fact]
    public void Correction_HasTheSameIdAndALaterStamp_WhateverOrderItArrivesIn()
    {
        const string line = "OBX|1|NM|K^Potassium^WinPath||{0}|mmol/L|||||{1}|||20260228091500";
        Translation first = Messages.Translate("ORU^R01", Obr, string.Format(null, line, "7.1", "F"));
        Translation corrected = Messages.Translate(
            "ORU^R01",
            Obr.Replace("20260301102000|||F", "20260301110000|||C", StringComparison.Ordinal),
            string.Format(null, line, "4.1", "C"));

        ResourceStatement before = first.StatementOf<Observation>();
        ResourceStatement after = corrected.StatementOf<Observation>();
        Assert.Equal(before.Content.Id, after.Content.Id);
        Assert.Equal(StatementMode.Snapshot, after.Mode);
        Assert.True(after.Stamp! > before.Stamp!);
    }

    [Fact]
    public void FinalWithoutValue_ChangesTheStatusOnly()
    {
        Translation translation = Messages.Translate("ORU^R01", Obr, "OBX|1|NM|K^Potassium^WinPath||||||||U");
        ResourceStatement statement = translation.StatementOf<Observation>();

        Assert.Equal(StatementMode.Elements, statement.Mode);
        Assert.Null(((Observation)statement.Content).Value);
    }

    [Theory]
    [InlineData("49 - 92", "49", "92")]
    [InlineData("[ 4.2 - 6.0 ]", "4.2", "6.0")]
    [InlineData("-2-3", "-2", "3")]
    [InlineData("[ < 0.21 ]", null, "0.21")]
    [InlineData("> 1.5", "1.5", null)]
    [InlineData("Not Detected", null, null)]
    public void ReferenceRange_KeepsItsTextAndHasLimitsWhereItStatesNumbers(string sent, string? low, string? high)
    {
        Observation.ReferenceRangeComponent range = Assert.Single(First($"OBX|1|NM|X^X^L||5|g/L|{sent}||||F").ReferenceRange);

        Assert.Equal(sent, range.Text);
        Assert.Equal(low, range.Low?.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(high, range.High?.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void AbnormalFlag_IsAnInterpretation_AndAnUnknownOneIsText()
    {
        Observation result = First("OBX|1|NM|X^X^L||5|g/L||HH~ZZ|||F");

        Assert.Equal("HH", result.Interpretation[0].Coding[0].Code);
        Assert.Equal("ZZ", result.Interpretation[1].Text);
    }

    [Fact]
    public void Notes_OfAResult_AreOneNote_AndThoseOfTheReportItsConclusion()
    {
        Translation translation = Messages.Translate(
            "ORU^R01",
            Obr,
            "NTE|1||Haemolysed",
            "OBX|1|NM|K^Potassium^WinPath||7.1|mmol/L|||||F",
            "NTE|1||First line",
            "NTE|2||Second line");

        Assert.Equal("Haemolysed", translation.All<DiagnosticReport>()[0].Conclusion);
        Assert.Equal("First line\nSecond line", Assert.Single(translation.All<Observation>()[0].Note).Text);
    }

    [Fact]
    public void LinesOfText_AreOneObservation_WithItsParagraphs()
    {
        Translation translation = Messages.Translate(
            "ORU^R01",
            Obr,
            "OBX|1|TX|CXR^Chest X-ray^L||The heart is normal.||||||F",
            "OBX|2|TX|CXR^Chest X-ray^L||||||||F",
            "OBX|3|TX|CXR^Chest X-ray^L||No lesion.||||||F");

        Observation result = Assert.Single(translation.All<Observation>());
        Assert.Equal("The heart is normal.\n\nNo lesion.", Assert.IsType<FhirString>(result.Value).Value);
    }

    [Fact]
    public void SameTestTwice_WithoutSubId_AreTwoResults()
    {
        Translation translation = Messages.Translate(
            "ORU^R01", Obr, "OBX|1|NM|K^Potassium^WinPath||7.1|mmol/L|||||F", "OBX|2|NM|K^Potassium^WinPath||7.2|mmol/L|||||F");

        Assert.Equal(2, translation.All<Observation>().Select(result => result.Id).Distinct().Count());
    }

    private static Observation First(string obx) => Messages.Translate("ORU^R01", Obr, obx).All<Observation>()[0];
}
