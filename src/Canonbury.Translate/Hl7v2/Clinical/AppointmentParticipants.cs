using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Appointment;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// AIL, AIP and AIG as the participants of an appointment (published maps AIL[Appointment], AIP[Appointment], AIG[Appointment]).
/// </summary>
internal static class AppointmentParticipants
{
    private const string DeleteAction = "D";

    public static List<ParticipantComponent> Read(Draft draft)
    {
        List<ParticipantComponent> participants = [];
        foreach (Segment segment in draft.Message.Segments)
        {
            ParticipantComponent? participant = segment.Name switch
            {
                "AIL" => Place(segment, draft),
                "AIP" => Person(segment, draft),
                "AIG" => Thing(segment, draft),
                _ => null,
            };
            if (participant is not null && !IsNamed(participants, participant.Actor))
            {
                participants.Add(participant);
            }
        }

        if (Xcn.ToReference(draft.Message.First("SCH")[16], draft) is { } contact && participants.Count > 0
            && !IsNamed(participants, contact))
        {
            participants.Add(Of(contact, null, null, draft));
        }

        return participants;
    }

    private static bool IsNamed(List<ParticipantComponent> participants, ResourceReference? actor) =>
        participants.Exists(other => other.Actor?.Display == actor?.Display);

    private static ParticipantComponent? Place(Segment ail, Draft draft) =>
        ail[2].Text != DeleteAction && Pl.ToReference(ail[3], draft) is { } place
            ? Of(place, Cwe.ToConcept(ail[4], draft), ail, draft, statusField: 12, startField: 6)
            : null;

    private static ParticipantComponent? Person(Segment aip, Draft draft) =>
        aip[2].Text != DeleteAction && Xcn.ToReference(aip[3], draft) is { } person
            ? Of(person, Cwe.ToConcept(aip[4], draft), aip, draft, statusField: 12, startField: 6)
            : null;

    /// <summary>A machine or a room in AIG is a resource without a person: named, not coded.</summary>
    private static ParticipantComponent? Thing(Segment aig, Draft draft) =>
        aig[2].Text != DeleteAction && (aig[3][2].Text ?? aig[3].Text) is { } name
            ? Of(new ResourceReference { Display = name }, Cwe.ToConcept(aig[4], draft), aig, draft, statusField: 14, startField: 8)
            : null;

    private static ParticipantComponent Of(
        ResourceReference actor, CodeableConcept? type, Segment? segment, Draft draft, int statusField = 0, int startField = 0)
    {
        ParticipantComponent participant = new() { Actor = actor, Status = ParticipationStatus.Accepted };
        if (type is not null)
        {
            participant.Type.Add(type);
        }

        if (segment is { } valued)
        {
            AppointmentStatus? status = valued[statusField].Text is { } code ? AppointmentStatuses.OfFiller(code) : null;
            participant.Status = status switch
            {
                AppointmentStatus.Pending or AppointmentStatus.Waitlist => ParticipationStatus.NeedsAction,
                AppointmentStatus.Cancelled => ParticipationStatus.Declined,
                _ => ParticipationStatus.Accepted,
            };
            participant.Period = Periods.Of(Moment.Read(valued[startField], draft), null);
        }

        return participant;
    }
}
