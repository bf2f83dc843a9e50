using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>RXD as a MedicationDispense (no published map; HL7 v2 chapter 4A, RXD).</summary>
internal static class RxdDispense
{
    public static MedicationDispense Read(Segment rxd, PharmacyGroup group, ResourceReference? prescription, Draft draft)
    {
        bool isCancelled = group.Orc[1].Text is "CA" or "OC" or "CR" or "DC" or "OD";
        MedicationDispense dispense = new()
        {
            Status = isCancelled
                ? MedicationDispense.MedicationDispenseStatusCodes.Cancelled
                : MedicationDispense.MedicationDispenseStatusCodes.Completed,
            Medication = RequiredConcept.Read(rxd[2], draft),
            Subject = draft.PatientReference(),
            Context = draft.Encounter,
            WhenHandedOverElement = Moment.Read(rxd[3], draft)?.FhirDateTime,
            Quantity = Nm.TryParse(rxd[4].Text, out decimal amount) ? Quantities.Of(amount, Unit.Read(rxd[5], draft)) : null,
        };
        if (prescription is not null)
        {
            dispense.AuthorizingPrescription.Add(prescription);
        }

        if (rxd[7].Text is { } number)
        {
            dispense.Identifier.Add(new Identifier(SourceSystems.Local(draft.Source, "prescription"), number));
        }

        if (Xcn.ToReference(rxd[10], draft) is { } dispenser)
        {
            dispense.Performer.Add(new MedicationDispense.PerformerComponent { Actor = dispenser });
        }

        foreach (Repetition note in rxd[9])
        {
            dispense.Note.Add(new Annotation { Text = note.WholeText.Trim() });
        }

        if (Dosages.Route(group.Rxr, draft) is { } route)
        {
            dispense.DosageInstruction.Add(new Dosage { Route = route });
        }

        return dispense;
    }
}
