using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PV1: class, type, service, numbers, people, period (map PV1[Encounter]).</summary>
internal static class Pv1Encounter
{
    private const string ParticipationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

    public static void Read(Segment pv1, Encounter encounter, List<string> cleared, Draft draft)
    {
        if (PatientClasses.Of(pv1[2], draft) is { } patientClass)
        {
            encounter.Class = patientClass;
        }

        encounter.Type = Cwe.ToConcepts(pv1[4], draft, Cwe.Table("0007"));
        encounter.ServiceType = Cwe.ToConcept(pv1[10], draft, Cwe.Table("0069"));
        Add(encounter, Cx.ToIdentifier(pv1[19], draft, "visit"), "VN");
        foreach (Repetition alternate in pv1[50])
        {
            Add(encounter, Cx.ToIdentifier(alternate, draft, null, "alternate-visit"), null);
        }

        Add(encounter, Cx.ToIdentifier(draft.Message.First("PID")[18], draft, "account"), "AN");
        People(pv1, encounter, draft);
        Times(pv1, encounter, cleared, draft);
        if (pv1[39].Text is { } facility)
        {
            encounter.ServiceProvider = new ResourceReference { Type = "Organization", Display = pv1[39][2].Text ?? facility };
        }

        if (Sensitivity.OfVip(pv1[16]) is { } meta)
        {
            encounter.Meta = meta;
        }

        Clear(pv1, 10, "serviceType", cleared);
        Clear(pv1, 4, "type", cleared);
    }

    private static void Times(Segment pv1, Encounter encounter, List<string> cleared, Draft draft)
    {
        Moment? start = Moment.Read(pv1[44], draft);
        Moment? end = Moment.Read(pv1[45], draft);
        encounter.Period = Periods.Of(start, end);
        if (start is null && pv1.Peek(44).IsNull)
        {
            cleared.Add("period/start");
        }

        if (end is null && (pv1.Peek(45).IsNull || draft.Trigger == "A13"))
        {
            // A13 takes a discharge back: an end must not stay, even where the message repeats no times.
            cleared.Add("period/end");
        }

        // Map PV1[Encounter]: a discharge time means finished, unless the event says another thing (a cancelled discharge, a swap).
        if (end is not null && EncounterEvents.StatusOf(draft.Trigger) is null)
        {
            encounter.Status = Encounter.EncounterStatus.Finished;
        }
    }

    private static void People(Segment pv1, Encounter encounter, Draft draft)
    {
        Add(encounter, pv1[7], ("ATND", "attender"), draft);
        Add(encounter, pv1[8], ("REF", "referrer"), draft);
        Add(encounter, pv1[9], ("CON", "consultant"), draft);
        Add(encounter, pv1[17], ("ADM", "admitter"), draft);
        Add(encounter, pv1[52], ("PART", "Participation"), draft);
        foreach (Segment rol in draft.Message.All("ROL"))
        {
            if (RolRoles.ParticipationOf(rol) is { } role && rol[2].Text is not "DE")
            {
                Add(encounter, rol[4], role, draft);
                _ = rol[3];
            }
        }
    }

    private static void Add(Encounter encounter, Field people, (string Code, string Display) role, Draft draft)
    {
        foreach (Repetition xcn in people)
        {
            if (Xcn.ToReference(xcn, draft) is { } person)
            {
                encounter.Participant.Add(new Encounter.ParticipantComponent
                {
                    Type = [new CodeableConcept(ParticipationType, role.Code, role.Display, null)],
                    Individual = person,
                });
            }
        }
    }

    private static void Add(Encounter encounter, Identifier? identifier, string? type)
    {
        if (identifier is null
            || encounter.Identifier.Exists(other => other.Value == identifier.Value && other.System == identifier.System))
        {
            return;
        }

        if (type is not null && identifier.Type is null)
        {
            identifier.Type = new CodeableConcept(Cwe.Table("0203"), type);
        }

        encounter.Identifier.Add(identifier);
    }

    private static void Clear(Segment pv1, int number, string key, List<string> cleared)
    {
        if (pv1.Peek(number).IsNull)
        {
            cleared.Add(key);
        }
    }
}
