using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>ORC and OBR as a ServiceRequest (published maps ORC[ServiceRequest] and OBR[ServiceRequest]).</summary>
internal static class OrcServiceRequest
{
    public static ServiceRequest Read(ResultGroup group, Draft draft)
    {
        Segment orc = group.Orc;
        Segment obr = group.Obr;
        ServiceRequest order = new()
        {
            Status = Status(orc, obr),
            Intent = obr[11].Text == "G" ? RequestIntent.ReflexOrder : RequestIntent.Order,
            Code = Cwe.ToConcept(obr[4], draft),
            Subject = draft.PatientReference(),
            Encounter = draft.Encounter,
            Priority = Priority(group),
            AuthoredOnElement = orc[1].Text == "NW" ? Moment.Read(orc[9], draft)?.FhirDateTime : null,
            Occurrence = Moment.Read(obr[6], draft)?.FhirDateTime,
            Requester = Xcn.ToReference(orc[12], draft) ?? Xcn.ToReference(obr[16], draft),
        };
        Ei.AddTo(order.Identifier, orc[2], obr[2], "PLAC", draft);
        Ei.AddTo(order.Identifier, orc[3], obr[3], "FILL", draft);
        order.Requisition = Ei.ToIdentifier(orc[4].First, "PGN", draft);
        order.ReasonCode.AddRange(Cwe.ToConcepts(obr[31], draft));
        if (obr[13].First.IsValued)
        {
            // Published map: OBR-13 is supporting information in words; R4 has no place for words but the note.
            order.Note.Add(new Annotation { Text = obr[13].First.WholeText.Trim() });
        }

        order.Note.AddRange(NteNotes.Read(group.Notes, draft));
        return order;
    }

    /// <summary>ORC-5 says how the order stands, else ORC-1 what is asked; a final result without either has completed it.</summary>
    private static RequestStatus Status(Segment orc, Segment obr)
    {
        if (orc[5].Text is { } status && OrderCodes.OfStatus(status) is { } known)
        {
            return known;
        }

        return orc[1].Text is { } control && control != "RE" ? OrderCodes.OfControl(control)
            : obr.Peek(25).Text is "F" or "C" ? RequestStatus.Completed
            : RequestStatus.Active;
    }

    private static RequestPriority? Priority(ResultGroup group)
    {
        string? code = group.Timings.Count > 0 ? group.Timings[0][9].Text : null;
        code ??= group.Obr[5].Text ?? group.Obr[27][6].Text ?? group.Orc[7][6].Text;
        return code is null ? null : OrderCodes.Priority(code);
    }
}
