using Canonbury.Borough.Health;
using Canonbury.Borough.Hl7;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Out-of-hours and 111: a call or a visit (A04), its outcome (A08) and the report to the practice (MDM).</summary>
internal sealed class UrgentCareDesk(Desk desk, Dice dice)
{
    private static readonly string[] Outcomes =
    [
        "Self care advice given.", "Advised to see own GP within three days.", "Prescription sent to local pharmacy.",
        "Home visit by duty doctor.", "Sent to emergency department.",
    ];

    public Desk Desk => desk;

    public void Register(DateTime at) => Send("A28", "ADT_A05", at, null, null, null);

    public void Contact(DateTime at, Coding reason)
    {
        string number = desk.NextKey("K");
        Clinician author = dice.Pick(Clinicians.Nurses);
        string outcome = dice.Pick(Outcomes);
        DateTime end = at.AddMinutes(dice.Between(12, 110));
        Send("A04", "ADT_A01", at, number, reason, null);
        Send("A08", "ADT_A01", end, number, reason, end);
        Registration person = desk.At(at);
        new LetterDesk(desk).Report(end.AddMinutes(20), "PN^Urgent care report", new LetterVisit("E", number), author,
        [
            $"{desk.System.Organisation}: report of a contact",
            $"Case {number}. Patient: {person.Given} {person.Family}.",
            $"Presenting complaint: {reason.Words}.",
            $"Observations: temperature {dice.Normal(37.1, 0.6):0.0} C, pulse {dice.Between(62, 108)}, oxygen saturation {dice.Between(94, 99)} %.",
            $"Outcome: {outcome}",
            "Worsening advice given | call 111 again if no better in 48 hours.",
        ]);
    }

    private void Send(string trigger, string structure, DateTime at, string? number, Coding? reason, DateTime? end)
    {
        Hl7Message message = desk.Begin("ADT", trigger, structure, at);
        message.Add("EVN", (1, trigger), (2, Hl7Message.Time(at)));
        PersonSegments.AddFullPid(message, desk.At(at));
        message.Add("PV1", (1, "1"), (2, number is null ? "N" : "E"), (3, number is null ? null : "TELEPHONE^^^URGENTCARE"),
            (16, desk.Latest.Sensitive ? "Y" : null), (19, number), (44, number is null ? null : Hl7Message.Time(at)),
            (45, end is DateTime ended ? Hl7Message.Time(ended) : null));
        if (reason is not null)
        {
            message.Add("PV2", (3, $"{reason.Code}^{Hl7Message.Escape(reason.Words)}^{reason.Hl7System}"));
        }

        desk.Send(message, "ADT^" + trigger, at);
    }
}
