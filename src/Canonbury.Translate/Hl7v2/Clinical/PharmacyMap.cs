using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// Medicines: RDE and OMP (prescribed), RDS (dispensed), RAS (given), HL7 v2 chapter 4A. Published maps exist for RXO, RXR and TQ1; RXE,
/// RXD and
/// RXA of RAS follow the chapter (translate-hl7v2.md).
/// </summary>
internal static class PharmacyMap
{
    public static void Map(Draft draft)
    {
        List<PharmacyGroup> groups = PharmacyGroup.Find(draft.Message);
        bool isAnything = false;
        foreach (PharmacyGroup group in groups)
        {
            isAnything |= State(group, draft);
        }

        if (!isAnything)
        {
            throw new UntranslatableException(
                "RXE-2", "medicine-missing", "No order in the message names a medicine (RXE, RXO, RXD or RXA).");
        }

        ResultsMap.MapLoose(draft);
    }

    private static bool State(PharmacyGroup group, Draft draft)
    {
        string order = OrderKeys.Order(group.Orc, draft.Message.First("OBR"))
            ?? $"N|{draft.PatientKey}|{draft.Header.MessageTime}|{group.Orc.Position}";
        ResourceReference? prescription = null;
        if (group.Rxe.Exists || group.Rxo.Exists)
        {
            MedicationRequest request = RxeMedicationRequest.Read(group, draft);
            request.Id = draft.IdOf("MedicationRequest", order);
            prescription = new ResourceReference($"MedicationRequest/{request.Id}");
            draft.State(request, StatementMode.Elements);
        }

        for (int i = 0; i < group.Dispensed.Count; i++)
        {
            MedicationDispense dispense = RxdDispense.Read(group.Dispensed[i], group, prescription, draft);
            dispense.Id = draft.IdOf("MedicationDispense", $"{order}|{group.Dispensed[i][7].Text ?? group.Dispensed[i][1].Text ?? $"{i}"}");
            draft.State(dispense, StatementMode.Snapshot);
        }

        for (int i = 0; i < group.Given.Count; i++)
        {
            Segment rxa = group.Given[i];
            MedicationAdministration given = RxaAdministration.Read(rxa, group, prescription, draft);
            given.Id = draft.IdOf("MedicationAdministration", $"{order}|{rxa[3].Text}|{rxa[2].Text ?? $"{i}"}");
            draft.State(given, StatementMode.Snapshot);
        }

        return prescription is not null || group.Dispensed.Count > 0 || group.Given.Count > 0;
    }
}
