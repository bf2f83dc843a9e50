using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;
using Status = Hl7.Fhir.Model.MedicationAdministration.MedicationAdministrationStatusCodes;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>RXA of a RAS as a MedicationAdministration (published for ORC only; RXA by HL7 v2 chapter 4A).</summary>
internal static class RxaAdministration
{
    public static MedicationAdministration Read(Segment rxa, PharmacyGroup group, ResourceReference? prescription, Draft draft)
    {
        MedicationAdministration given = new()
        {
            Status = StatusOf(rxa),
            Medication = RequiredConcept.Read(rxa[5], draft),
            Subject = draft.PatientReference(),
            Context = draft.Encounter,
            Request = prescription,
            Effective = Effective(rxa, group, draft),
        };

        Ei.AddTo(given.Identifier, group.Orc[2], group.Orc[2], "PLAC", draft);
        Ei.AddTo(given.Identifier, group.Orc[3], group.Orc[3], "FILL", draft);
        given.StatusReason.AddRange(Cwe.ToConcepts(rxa[18], draft));
        given.ReasonCode.AddRange(Cwe.ToConcepts(rxa[19], draft));
        foreach (Repetition person in rxa[10])
        {
            if (Xcn.ToReference(person, draft) is { } actor)
            {
                given.Performer.Add(new MedicationAdministration.PerformerComponent { Actor = actor });
            }
        }

        given.Dosage = Dosage(rxa, group, draft);
        given.Note.AddRange(NteNotes.Read(group.Notes, draft));
        return given;
    }

    private static DataType Effective(Segment rxa, PharmacyGroup group, Draft draft)
    {
        Moment? start = Moment.Read(rxa[3], draft);
        Moment? end = Moment.Read(rxa[4], draft);
        if (start is null && end is null)
        {
            // effective[x] is required in R4: the order's own time is the nearest that the message has.
            draft.Report("RXA-3", "time-missing", "The medicine was given at a time that the message does not state.");
            return Moment.Read(group.Orc[9], draft)?.FhirDateTime ?? new FhirDateTime(draft.Stamp.At);
        }

        return start is { } at && (end is null || end.Value.DateTime == at.DateTime) ? at.FhirDateTime : Periods.Of(start, end)!;
    }

    private static MedicationAdministration.DosageComponent? Dosage(Segment rxa, PharmacyGroup group, Draft draft)
    {
        MedicationAdministration.DosageComponent dosage = new()
        {
            Route = Dosages.Route(group.Rxr, draft),
            Site = Dosages.Site(group.Rxr, draft),

            Dose = Dosages.Given(rxa, draft),
        };
        return dosage is { Route: null, Site: null, Dose: null } ? null : dosage;
    }

    private static Status StatusOf(Segment rxa) => rxa[21].Text == "D" ? Status.EnteredInError : rxa[20].Text switch
    {
        "RE" or "NA" => Status.NotDone,
        _ => Status.Completed,
    };
}
