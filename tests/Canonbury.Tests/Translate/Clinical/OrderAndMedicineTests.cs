using Canonbury.Translate;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>Orders, medicines and immunisations: HL7 v2 chapters 4 and 4A and the published maps ORC, RXO, RXR and RXA.</summary>
public sealed class OrderAndMedicineTests
{
    [Theory]
    [InlineData("NW", "", RequestStatus.Active)]
    [InlineData("OC", "", RequestStatus.Revoked)]
    [InlineData("HD", "HD", RequestStatus.OnHold)]
    [InlineData("SC", "CM", RequestStatus.Completed)]
    public void Order_StandsAsOrc5ThenOrc1Says(string control, string status, RequestStatus expected)
    {
        ServiceRequest order = Assert.Single(
            Messages.Translate("ORM^O01", $"ORC|{control}|P1^GP|||{status}", "OBR|1|P1^GP||CXR^Chest X-ray^L").All<ServiceRequest>());

        Assert.Equal(expected, order.Status);
        Assert.Equal("Chest X-ray", order.Code?.Text);
    }

    [Fact]
    public void Result_OfAnOrder_PointsToTheSameOrder()
    {
        ServiceRequest order = Messages.Translate("ORM^O01", "ORC|NW|P1^GP", "OBR|1|P1^GP||U&E^U&E^L").All<ServiceRequest>()[0];
        Translation result = Messages.Translate("ORU^R01", "ORC|RE|P1^GP|F1^LAB", "OBR|1|P1^GP|F1^LAB|U&E^U&E^L||||||||||||C1^Shah^Meera");

        Assert.Equal($"ServiceRequest/{order.Id}", result.All<DiagnosticReport>()[0].BasedOn[0].Reference);
    }

    [Fact]
    public void Prescription_HasMedicineDoseRouteAndInstruction()
    {
        MedicationRequest request = Assert.Single(Messages.Translate(
            "RDE^O11",
            "ORC|NW|RX1^PHARM|||||||20260301",
            "RXE|^BD|322236009^Paracetamol 500 mg tablet^SCT|2||tablet|||||20|tablet",
            "RXR|PO").All<MedicationRequest>());

        Dosage dosage = Assert.Single(request.DosageInstruction);
        Assert.Equal(MedicationRequest.MedicationrequestStatus.Active, request.Status);
        Assert.Equal("Paracetamol 500 mg tablet", Assert.IsType<CodeableConcept>(request.Medication).Text);
        Assert.Equal(2, Assert.IsType<Quantity>(dosage.DoseAndRate[0].Dose).Value);
        Assert.Equal("PO", dosage.Route?.Coding[0].Code);
        Assert.Equal(20, request.DispenseRequest?.Quantity?.Value);
    }

    [Fact]
    public void Administration_ThatWasRefused_WasNotDone()
    {
        MedicationAdministration given = Assert.Single(Messages.Translate(
            "RAS^O17",
            "ORC|RE|RX1^PHARM",
            "RXA|0|1|20260301080000|20260301080000|322236009^Paracetamol^SCT|2|tablet|||||||||||REFUSED^Declined^L||RE")
            .All<MedicationAdministration>());

        Assert.Equal(MedicationAdministration.MedicationAdministrationStatusCodes.NotDone, given.Status);
    }

    [Fact]
    public void Vaccination_HasVaccineDayLotAndSite()
    {
        Immunization immunization = Assert.Single(Messages.Translate(
            "VXU^V04",
            "ORC|RE||V1^GP",
            "RXA|0|1|20260115||39115611000001103^Vaccine^SCT|0.5|mL||00||||||LOT7|20270101||||CP|A",
            "RXR|IM|LD^Left deltoid^HL70163")
            .All<Immunization>());

        Assert.Equal("2026-01-15", Assert.IsType<FhirDateTime>(immunization.Occurrence).Value);
        Assert.Equal("IM", immunization.Route?.Coding[0].Code);
        Assert.Equal("LOT7", immunization.LotNumber);
        Assert.True(immunization.PrimarySource);
    }

    [Theory]
    [InlineData("ACK^A01")]
    [InlineData("QBP^Q22")]
    [InlineData("RSP^K22")]
    [InlineData("MFN^M02")]
    public void Message_ThatSaysNothingAboutAPerson_IsRefusedByName(string type) =>
        Assert.Equal("message-type-not-used", Assert.Throws<UntranslatableException>(() => Messages.Translate(type)).Code);
}
