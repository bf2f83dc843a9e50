using Canonbury.Borough.Health;
using Canonbury.Borough.Hl7;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Community and mental health teams: a caseload (A04 to A03), visits (SIU) and letters (MDM).</summary>
internal sealed class CommunityDesk(Desk desk, Dice dice)
{
    private readonly Clinician keyWorker = dice.Pick(Clinicians.Nurses);

    public Desk Desk => desk;

    public void Register(DateTime at) => Send("A28", "ADT_A05", at, null, null, null);

    public void Update(DateTime at) => Send("A31", "ADT_A05", at, null, null, null);

    /// <summary>Referred, seen regularly, and perhaps discharged from the caseload.</summary>
    public void Caseload(DateTime from, DateTime until, string team, Coding reason, int everyDays)
    {
        string number = desk.NextKey("L");
        Send("A04", "ADT_A01", from, number, team, null);
        AppointmentDesk visits = new(desk, dice, keyWorker);
        for (DateTime visit = from.AddDays(9); visit < until; visit = visit.AddDays(everyDays + dice.Below(10)))
        {
            visits.Book(visit.AddDays(-8), dice.WithinDays(visit, 3), team, reason.Words);
        }

        Letter(from.AddDays(15), number, team, reason);
        if (dice.Chance(0.4))
        {
            Send("A03", "ADT_A03", until, number, team, until);
        }
    }

    private void Letter(DateTime at, string number, string team, Coding reason)
    {
        Registration person = desk.At(at);
        new LetterDesk(desk).Report(at, "CN^Clinic letter", new LetterVisit("R", number), keyWorker,
        [
            $"{desk.System.Organisation}, {team}", $"Dear {person.Doctor.FullName},",
            $"Thank you for referring {person.Given} {person.Family}, whom we assessed at home.", $"Reason for referral: {reason.Words}.",
            "Plan: regular visits by the team; crisis line number given; review in three months.", keyWorker.FullName,
        ], pdf: dice.Chance(0.15));
    }

    private void Send(string trigger, string structure, DateTime at, string? number, string? team, DateTime? end)
    {
        Hl7Message message = desk.Begin("ADT", trigger, structure, at);
        message.Add("EVN", (1, trigger), (2, Hl7Message.Time(at)));
        PersonSegments.AddFullPid(message, desk.At(at));
        message.Add("PV1", (1, "1"), (2, number is null ? "N" : "R"), (3, team is null ? null : $"{Hl7Message.Escape(team)}^^^COMMUNITY"),
            (7, number is null ? null : PersonSegments.ClinicianOf(keyWorker)), (10, Hl7Message.Escape(team)),
            (16, desk.Latest.Sensitive ? "Y" : null), (19, number), (44, number is null ? null : Hl7Message.Time(at)),
            (45, end is DateTime ended ? Hl7Message.Time(ended) : null));
        desk.Send(message, "ADT^" + trigger, at);
    }
}
