using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// RXE, or RXO where there is none, as a MedicationRequest (published map RXO[MedicationRequest]; RXE by chapter 4A, field by field alike).
/// </summary>
internal static class RxeMedicationRequest
{
    public static MedicationRequest Read(PharmacyGroup group, Draft draft)
    {
        Segment rxe = group.Rxe;
        Segment rxo = group.Rxo;
        bool isEncoded = rxe.Exists;
        MedicationRequest request = new()
        {
            Status = Status(group.Orc),
            Intent = isEncoded ? MedicationRequest.MedicationRequestIntent.Order : MedicationRequest.MedicationRequestIntent.OriginalOrder,
            Medication = RequiredConcept.Read(isEncoded ? rxe[2] : rxo[1], draft),
            Subject = draft.PatientReference(),
            Encounter = draft.Encounter,
            AuthoredOnElement = Moment.Read(group.Orc[9], draft)?.FhirDateTime,
            Requester = Xcn.ToReference(group.Orc[12], draft) ?? Xcn.ToReference(isEncoded ? rxe[13] : rxo[14], draft),
            Priority = group.Tq1[9].Text is { } priority ? OrderCodes.Priority(priority) : null,
        };
        Ei.AddTo(request.Identifier, group.Orc[2], group.Orc[2], "PLAC", draft);
        Ei.AddTo(request.Identifier, group.Orc[3], group.Orc[3], "FILL", draft);
        request.DosageInstruction.Add(Dosage(group, isEncoded, draft));
        request.DispenseRequest = isEncoded ? Supply(rxe[10], rxe[11], rxe[12], draft) : Supply(rxo[11], rxo[12], rxo[13], draft);
        request.Note.AddRange(NteNotes.Read(group.Notes, draft));
        if (request.DosageInstruction[0] is { Text: null, Route: null, Timing: null, Site: null, DoseAndRate.Count: 0 })
        {
            request.DosageInstruction.Clear();
        }

        return request;
    }

    private static Dosage Dosage(PharmacyGroup group, bool isEncoded, Draft draft)
    {
        Segment rxe = group.Rxe;
        Segment rxo = group.Rxo;
        Dosage dosage = new()
        {
            Text = Instructions(isEncoded ? rxe[7] : rxo[7]) ?? Instructions(rxo[7]) ?? group.Tq1[11].Text,
            Route = Dosages.Route(group.Rxr, draft),
            Site = Dosages.Site(group.Rxr, draft),
            Method = Cwe.ToConcept(group.Rxr[4], draft),
            Timing = Dosages.Times(group.Tq1, isEncoded && rxe[1].IsValued ? rxe[1] : group.Orc[7], draft),
        };
        Dosage.DoseAndRateComponent? dose = isEncoded
            ? Dosages.Dose(rxe[3], rxe[4], rxe[5], draft)
            : Dosages.Dose(rxo[2], rxo[3], rxo[4], draft);
        if (dose is not null)
        {
            dosage.DoseAndRate.Add(dose);
        }

        return dosage;
    }

    /// <summary>RXE-7, RXO-7: each repetition is a sentence of the instruction, in words more often than in codes.</summary>
    private static string? Instructions(Field field)
    {
        List<string> sentences = [];
        foreach (Repetition instruction in field)
        {
            if ((instruction[2].Text ?? instruction.Text) is { } sentence)
            {
                sentences.Add(sentence);
            }
        }

        return sentences.Count == 0 ? null : string.Join('\n', sentences);
    }

    private static MedicationRequest.DispenseRequestComponent? Supply(Field amount, Field units, Field repeats, Draft draft)
    {
        bool hasAmount = Nm.TryParse(amount.Text, out decimal number);
        bool hasRepeats = Nm.TryParse(repeats.Text, out decimal count) && count is >= 0 and < 1000;
        return !hasAmount && !hasRepeats ? null : new MedicationRequest.DispenseRequestComponent
        {
            Quantity = hasAmount ? Quantities.Of(number, Unit.Read(units, draft)) : null,
            NumberOfRepeatsAllowed = hasRepeats ? (int)count : null,
        };
    }

    private static MedicationRequest.MedicationrequestStatus Status(Segment orc)
    {
        RequestStatus status = (orc[5].Text is { } stated ? OrderCodes.OfStatus(stated) : null) ?? OrderCodes.OfControl(orc[1].Text ?? "");
        bool hasBegun = orc[1].Text is "DC" or "OD" or "DR" || orc[5].Text == "DC";
        return status switch
        {
            RequestStatus.Completed => MedicationRequest.MedicationrequestStatus.Completed,
            RequestStatus.OnHold => MedicationRequest.MedicationrequestStatus.OnHold,
            RequestStatus.EnteredInError => MedicationRequest.MedicationrequestStatus.EnteredInError,

            // An order stopped after it began is stopped, one taken back before is cancelled (R4 medicationrequest.html#status).
            RequestStatus.Revoked when hasBegun => MedicationRequest.MedicationrequestStatus.Stopped,
            RequestStatus.Revoked => MedicationRequest.MedicationrequestStatus.Cancelled,
            _ => MedicationRequest.MedicationrequestStatus.Active,
        };
    }
}
