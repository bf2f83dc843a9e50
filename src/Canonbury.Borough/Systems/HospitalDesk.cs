using System.Globalization;
using Canonbury.Borough.Health;
using Canonbury.Borough.Hl7;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The hospital's patient administration system: registrations, stays and the emergency department (HL7 v2.4 chapter 3, ADT).</summary>
internal sealed class HospitalDesk(Desk desk, Dice dice)
{
    private static readonly string[] Wards = ["ALDER", "BIRCH", "CEDAR", "ELM", "HAZEL", "MAPLE", "ROWAN", "WILLOW"];

    public Desk Desk => desk;

    public Clinician Consultant { get; } = dice.Pick(Clinicians.Consultants);

    public void Register(DateTime at) => SendPerson("A28", "ADT_A05", at);

    public void Update(DateTime at) => SendPerson("A31", "ADT_A05", at);

    /// <summary>A40: what was filed under the duplicate goes on under this number.</summary>
    public void Merge(Registration duplicate, DateTime at)
    {
        Hl7Message message = desk.Begin("ADT", "A40", "ADT_A39", at);
        message.Add("EVN", (1, "A40"), (2, Hl7Message.Time(at)));
        PersonSegments.AddFullPid(message, desk.At(at));
        message.Add("MRG", (1, $"{duplicate.LocalId}^^^{desk.System.Authority}^MR"));
        desk.Send(message, "ADT^A40", at);
    }

    /// <summary>A stay with admission, sometimes a transfer, corrections, discharge and the letter about it.</summary>
    public void Stay(DateTime from, int days, string ward, string specialty, Coding reason, bool emergency)
    {
        Visit visit = new("I", desk.NextKey("V"), ward, specialty, from, reason, emergency ? "21" : "11");
        if (!emergency)
        {
            SendVisit("A05", "ADT_A05", from.AddDays(-7), visit with { Class = "P" });
        }

        SendVisit("A01", "ADT_A01", from, visit, withAllergies: true);
        if (dice.Chance(0.03))
        {
            SendVisit("A11", "ADT_A09", from.AddMinutes(40), visit);
            return;
        }

        if (days > 1 && dice.Chance(0.35))
        {
            visit = visit with { Ward = dice.Pick(Wards) };
            SendVisit("A02", "ADT_A02", from.AddHours(20), visit);
            if (dice.Chance(0.06))
            {
                SendVisit("A12", "ADT_A12", from.AddHours(21), visit with { Ward = ward });
            }
        }

        if (dice.Chance(0.4))
        {
            SendVisit("A08", "ADT_A01", from.AddHours(3), visit);
        }

        DateTime end = from.Date.AddDays(days).AddMinutes(dice.Between(10 * 60, 17 * 60));
        end = end <= from ? from.AddHours(5) : end;
        SendVisit("A03", "ADT_A03", end, visit with { Discharged = end });
        if (dice.Chance(0.04))
        {
            SendVisit("A13", "ADT_A01", end.AddMinutes(25), visit);
            end = end.AddHours(22);
            SendVisit("A03", "ADT_A03", end, visit with { Discharged = end });
        }

        Letters().Discharge(end.AddHours(dice.Between(1, 30)), from, end, specialty, reason, LetterOf(visit), Consultant, pdf: dice.Chance(0.35));
    }

    /// <summary>An attendance at the emergency department; some end in a bed (A06).</summary>
    public void Emergency(DateTime at, Coding reason)
    {
        Visit visit = new("E", desk.NextKey("V"), "ED", "Emergency medicine", at, reason, "21");
        SendVisit("A04", "ADT_A01", at, visit, withAllergies: true);
        DateTime end = at.AddMinutes(dice.Between(70, 300));
        if (dice.Chance(0.22))
        {
            visit = visit with { Class = "I", Ward = dice.Pick(Wards), Specialty = "Acute medicine" };
            SendVisit("A06", "ADT_A06", end, visit);
            end = end.AddDays(dice.Between(1, 4));
            SendVisit("A03", "ADT_A03", end, visit with { Discharged = end });
        }
        else
        {
            SendVisit("A03", "ADT_A03", end, visit with { Discharged = end });
        }

        Letters().Discharge(end.AddHours(1), at, end, "Emergency medicine", reason, LetterOf(visit), Consultant, pdf: false);
    }

    public AppointmentDesk Appointments() => new(desk, dice, Consultant);

    public string AnyWard() => dice.Pick(Wards);

    private LetterDesk Letters() => new(desk);

    private static LetterVisit LetterOf(Visit visit) => new(visit.Class, VisitNumber(visit));

    private static string VisitNumber(Visit visit) => $"{visit.Number}^^^STALDERS^VN";

    private void SendPerson(string trigger, string structure, DateTime at)
    {
        Hl7Message message = desk.Begin("ADT", trigger, structure, at);
        message.Add("EVN", (1, trigger), (2, Hl7Message.Time(at)));
        PersonSegments.AddFullPid(message, desk.At(at));
        message.Add("PV1", (1, "1"), (2, "N"));
        desk.Send(message, "ADT^" + trigger, at);
    }

    private void SendVisit(string trigger, string structure, DateTime at, Visit visit, bool withAllergies = false)
    {
        Hl7Message message = desk.Begin("ADT", trigger, structure, at);
        message.Add("EVN", (1, trigger), (2, Hl7Message.Time(at)), (6, Hl7Message.Time(at)));
        PersonSegments.AddFullPid(message, desk.At(at));
        message.Add("PV1", (1, "1"), (2, visit.Class), (3, $"{visit.Ward}^BAY{(visit.Number.Length % 4) + 1}^{(visit.Started.Minute % 6) + 1}^STALDERS"),
            (4, visit.Method), (7, PersonSegments.ClinicianOf(Consultant)), (10, Hl7Message.Escape(visit.Specialty)),
            (16, desk.Latest.Sensitive ? "Y" : null), (19, VisitNumber(visit)), (36, visit.Discharged is null ? null : "1"),
            (44, Hl7Message.Time(visit.Started)), (45, visit.Discharged is DateTime end ? Hl7Message.Time(end) : null));
        message.Add("PV2", (3, $"^{Hl7Message.Escape(visit.Reason.Words)}"));
        if (withAllergies)
        {
            AddAllergies(message);
            message.Add("DG1", (1, "1"), (3, $"{visit.Reason.Code}^{Hl7Message.Escape(visit.Reason.Words)}^{visit.Reason.Hl7System}"),
                (5, Hl7Message.Time(at)), (6, "A"));
        }

        desk.Send(message, "ADT^" + trigger, at);
    }

    private void AddAllergies(Hl7Message message)
    {
        int number = 0;
        foreach (Allergy allergy in desk.Health.Allergies)
        {
            number++;
            message.Add("AL1", (1, number.ToString(CultureInfo.InvariantCulture)), (2, allergy.Category == "food" ? "FA" : allergy.Category == "medication" ? "DA" : "EA"),
                (3, $"{allergy.Code.Code}^{Hl7Message.Escape(allergy.Code.Words)}^{allergy.Code.Hl7System}"), (4, allergy.Severe ? "SV" : "MO"),
                (5, Hl7Message.Escape(allergy.Reaction)));
        }
    }

    private sealed record Visit(string Class, string Number, string Ward, string Specialty, DateTime Started, Coding Reason, string Method)
    {
        public DateTime? Discharged { get; init; }
    }
}
