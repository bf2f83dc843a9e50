using Canonbury.Borough.Hl7;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Clinic and home-visit bookings (HL7 v2.4 chapter 10, SIU).</summary>
internal sealed class AppointmentDesk(Desk desk, Dice dice, Clinician with)
{
    /// <summary>Booked, perhaps moved, changed or cancelled; perhaps missed.</summary>
    public void Book(DateTime booked, DateTime start, string clinic, string reason)
    {
        string number = desk.NextKey("A");
        Send("S12", booked, start, clinic, reason, number, "Booked");
        DateTime change = booked.AddHours(30);
        if (change < start && dice.Chance(0.12))
        {
            start = start.AddDays(dice.Between(3, 20));
            Send("S13", change, start, clinic, reason, number, "Booked");
        }

        if (change < start && dice.Chance(0.04))
        {
            Send("S14", change.AddHours(1), start, clinic, reason + " (interpreter booked)", number, "Booked");
        }

        if (change.AddHours(3) < start && dice.Chance(0.06))
        {
            Send("S15", change.AddHours(2), start, clinic, reason, number, "Cancelled");
        }
        else if (dice.Chance(0.08))
        {
            Send("S26", start.AddHours(1), start, clinic, reason, number, "Noshow");
        }
    }

    private void Send(string trigger, DateTime at, DateTime start, string clinic, string reason, string number, string status)
    {
        Hl7Message message = desk.Begin("SIU", trigger, "SIU_S12", at);
        string begins = Hl7Message.Time(start);
        string ends = Hl7Message.Time(start.AddMinutes(20));
        message.Add("SCH", (1, number), (2, number), (6, trigger == "S15" ? "CANCELLED^Cancelled by the clinic" : null), (7, Hl7Message.Escape(reason)),
            (8, $"FOLLOWUP^{Hl7Message.Escape(clinic)} clinic"), (9, "20"), (10, "MIN"), (11, $"^^20^{begins}^{ends}"),
            (16, PersonSegments.ClinicianOf(with)), (25, status));
        PersonSegments.AddFullPid(message, desk.At(at));
        message.Add("PV1", (1, "1"), (2, "O"), (3, $"{Hl7Message.Escape(clinic).ToUpperInvariant()}^^^{desk.System.Facility}"),
            (7, PersonSegments.ClinicianOf(with)), (10, Hl7Message.Escape(clinic)), (16, desk.Latest.Sensitive ? "Y" : null));
        message.Add("RGS", (1, "1"), (2, "A"));
        message.Add("AIS", (1, "1"), (2, "A"), (3, $"CLINIC^{Hl7Message.Escape(clinic)}^L"), (4, begins));
        message.Add("AIL", (1, "1"), (2, "A"), (3, $"{Hl7Message.Escape(clinic).ToUpperInvariant()}^^^{desk.System.Facility}"));
        message.Add("AIP", (1, "1"), (2, "A"), (3, PersonSegments.ClinicianOf(with)));
        desk.Send(message, "SIU^" + trigger, at);
    }
}
