using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>Appointments: SIU S12 to S26 (published message map SIU_S12; HL7 v2 chapter 10).</summary>
internal static class SiuMap
{
    public static void Map(Draft draft)
    {
        Segment sch = draft.Message.First("SCH");
        if (!sch.Exists)
        {
            throw new UntranslatableException("SCH", "segment-missing", "A scheduling message without SCH names no appointment.");
        }

        // The filler's number, because the clinic keeps the diary; the placer's where the clinic gives none.
        string? key = OrderKeys.Number(sch[2]) is { } filler ? "F|" + filler
            : OrderKeys.Number(sch[1]) is { } placer ? "P|" + placer : null;
        if (key is null)
        {
            throw new UntranslatableException("SCH-2", "appointment-id-missing", "Neither SCH-2 nor SCH-1 names the appointment.");
        }

        Appointment appointment = SchAppointment.Read(sch, draft);
        appointment.Id = draft.IdOf("Appointment", key);
        List<Appointment.ParticipantComponent> others = AppointmentParticipants.Read(draft);
        Appointment.ParticipantComponent patient = new()
        {
            Actor = draft.PatientReference(),
            Status = ParticipationStatus.Accepted,
        };
        if (others.Count > 0)
        {
            appointment.Participant.Add(patient);
            appointment.Participant.AddRange(others);
        }
        else
        {
            // A thin cancellation names no clinic: whoever was invited stays invited.
            FallbackStatements.StateUntilKnown(new Appointment { Id = appointment.Id, Participant = [patient] }, draft);
        }

        draft.State(appointment, StatementMode.Elements);
    }
}
