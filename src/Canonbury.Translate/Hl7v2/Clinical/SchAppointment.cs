using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>SCH, TQ1 and AIS as an Appointment (published maps SCH[Appointment], TQ[Appointment] and AIS[Appointment]).</summary>
internal static class SchAppointment
{
    public static Appointment Read(Segment sch, Draft draft)
    {
        Segment ais = draft.Message.First("AIS");
        Appointment appointment = new()
        {
            Status = Status(sch, ais, draft),
            AppointmentType = Cwe.ToConcept(sch[8], draft, Cwe.Table("0277")),
            MinutesDuration = Minutes(sch[9], sch[10]) ?? Minutes(ais[7], ais[8]),
            Comment = Comment(draft),
        };
        Ei.AddTo(appointment.Identifier, sch[1], sch[1], "PLAC", draft);
        Ei.AddTo(appointment.Identifier, sch[2], sch[2], "FILL", draft);
        appointment.ReasonCode.AddRange(Cwe.ToConcepts(sch[7], draft, Cwe.Table("0276")));
        if (appointment.Status == Appointment.AppointmentStatus.Cancelled)
        {
            appointment.CancelationReason = Cwe.ToConcept(sch[6], draft);
        }

        foreach (Segment service in draft.Message.All("AIS"))
        {
            if (Cwe.ToConcept(service[3], draft) is { } type)
            {
                appointment.ServiceType.Add(type);
            }
        }

        SetTimes(appointment, sch, ais, draft);
        return appointment;
    }

    /// <summary>
    /// An event that ends an appointment says more than a status that the sender left as it was; else SCH-25, AIS-10, booked.
    /// </summary>
    private static Appointment.AppointmentStatus Status(Segment sch, Segment ais, Draft draft)
    {
        string? filler = sch[25].Text ?? ais[10].Text;
        Appointment.AppointmentStatus? stated = filler is null ? null : AppointmentStatuses.OfFiller(filler);
        if (filler is not null && stated is null)
        {
            draft.Report("SCH-25", "status-unknown", "The appointment status is not in HL7 table 0278.");
        }

        return AppointmentStatuses.OfEvent(draft.Trigger) ?? stated ?? Appointment.AppointmentStatus.Booked;
    }

    /// <summary>
    /// The start is in TQ1-7, SCH-11.4 or AIS-4, by version; the end in TQ1-8 or SCH-11.5, else start and duration make it.
    /// </summary>
    private static void SetTimes(Appointment appointment, Segment sch, Segment ais, Draft draft)
    {
        Segment tq1 = draft.Message.First("TQ1");
        DateTimeOffset? start = Instant(tq1[7].First[1], draft) ?? Instant(sch[11].First[4], draft) ?? Instant(ais[4].First[1], draft)
            ?? Instant(draft.Message.First("AIL")[6].First[1], draft) ?? Instant(draft.Message.First("AIP")[6].First[1], draft);
        DateTimeOffset? end = Instant(tq1[8].First[1], draft) ?? Instant(sch[11].First[5], draft);
        if (end is null && start is not null && appointment.MinutesDuration is { } minutes)
        {
            end = start.Value.AddMinutes(minutes);
        }

        // R4 appointment.html, app-2: start and end are both there or neither is.
        if (start is not null && end is null)
        {
            end = start;
        }

        appointment.Start = start;
        appointment.End = start is null ? null : end;
    }

    private static DateTimeOffset? Instant(Component time, Draft draft) => Moment.Read(time, draft)?.Instant;

    /// <summary>FHIR counts whole minutes (positiveInt); the unit is ISO's word or a plain one, minutes where none is given.</summary>
    private static int? Minutes(Field duration, Field unit)
    {
        if (!Nm.TryParse(duration.Text, out decimal number) || number <= 0 || number > 525_600)
        {
            return null;
        }

        decimal minutes = (unit.Text?.ToUpperInvariant() ?? "M") switch
        {
            ['S', ..] => number / 60,
            ['H', ..] => number * 60,
            ['D', ..] => number * 1440,
            _ => number,
        };
        return minutes < 1 ? null : (int)Math.Min(Math.Round(minutes), 525_600);
    }

    private static string? Comment(Draft draft)
    {
        List<Segment> notes = [];
        for (int i = 1; i < draft.Message.SegmentCount; i++)
        {
            Segment segment = draft.Message[i];
            if (segment.Is("NTE"))
            {
                notes.Add(segment);
            }
        }

        return NteNotes.Text(notes);
    }
}
