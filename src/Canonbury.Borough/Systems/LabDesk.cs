using System.Globalization;
using Canonbury.Borough.Health;
using Canonbury.Borough.Hl7;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The laboratory's reports (HL7 v2.4 chapter 7, ORU R01): panels with ranges and flags, corrections, withdrawals, text reports.</summary>
internal sealed class LabDesk(Desk desk, Dice dice)
{
    public Desk Desk => desk;

    public void Register(DateTime at)
    {
        Hl7Message message = desk.Begin("ADT", "A28", "ADT_A05", at);
        message.Add("EVN", (1, "A28"), (2, Hl7Message.Time(at)));
        PersonSegments.AddFullPid(message, desk.At(at));
        message.Add("PV1", (1, "1"), (2, "N"));
        desk.Send(message, "ADT^A28", at);
    }

    /// <summary>One report of several panels; now and then corrected or withdrawn a day later.</summary>
    public void Report(DateTime taken, IReadOnlyList<LabPanel> panels, string? note = null)
    {
        string order = desk.NextKey("O");
        DateTime reported = taken.AddHours(dice.Between(3, 20));
        List<List<double>> values = [.. panels.Select(panel => panel.Tests.Select(test => ValueOf(test, taken)).ToList())];
        Send(taken, reported, panels, values, order, "F", "F", note);
        double fate = dice.Fraction();
        if (fate < 0.012)
        {
            values[0][0] = Math.Round(values[0][0] * 1.06, panels[0].Tests[0].Decimals);
            Send(taken, reported.AddHours(26), panels, values, order, "C", "C", "Corrected: the earlier report had a wrong first value.");
        }
        else if (fate < 0.016)
        {
            Send(taken, reported.AddHours(30), panels, values, order, "X", "W", "Withdrawn: the specimen was labelled with the wrong name.");
        }
    }

    /// <summary>A urine culture: preliminary, then final, as text.</summary>
    public void Culture(DateTime taken, bool grown)
    {
        string order = desk.NextKey("O");
        SendText(taken, taken.AddHours(20), order, "P", ["MICROBIOLOGY REPORT (interim)", "Specimen: mid-stream urine", "Culture to follow."]);
        List<string> final = grown
            ?
            [
                "MICROBIOLOGY REPORT", "Specimen: mid-stream urine", "White cells: >100 x 10^6/L", "Culture: Escherichia coli >10^5 cfu/mL",
                "Nitrofurantoin: S | Trimethoprim: R | Cefalexin: S",
            ]
            : ["MICROBIOLOGY REPORT", "Specimen: mid-stream urine", "White cells: <10 x 10^6/L", "Culture: no significant growth"];
        SendText(taken, taken.AddHours(44), order, "F", final);
    }

    private double ValueOf(LabTest test, DateTime taken)
    {
        HealthProfile health = desk.Health;
        double years = (taken - new DateTime(2020, 1, 1)).TotalDays / 365.0;
        double usual = test.Code switch
        {
            "A1C" when health.Has(Condition.Type2Diabetes) => 55 + (desk.Resident.Number % 14) + (years * 1.1),
            "EGFR" when health.Has(Condition.KidneyDisease) => 54 - (years * 1.3),
            "CREA" when health.Has(Condition.KidneyDisease) => 118 + (years * 2.5),
            "HB" when health.Has(Condition.IronDeficiency) => 104,
            "MCV" when health.Has(Condition.IronDeficiency) => 77,
            "FERR" when health.Has(Condition.IronDeficiency) => 9,
            "TSH" when health.Has(Condition.Hypothyroidism) => 4.0,
            _ => test.Usual,
        };
        return Math.Round(Math.Max(dice.Normal(usual, test.Spread), test.Usual * 0.1), test.Decimals);
    }

    private void Send(
        DateTime taken, DateTime at, IReadOnlyList<LabPanel> panels, List<List<double>> values, string order, string obr, string obx, string? note)
    {
        Hl7Message message = Begin(at);
        int results = 0;
        for (int panel = 0; panel < panels.Count; panel++)
        {
            AddOrder(message, panel + 1, order, panels[panel].Code, panels[panel].Name, taken, at, obr);
            for (int test = 0; test < panels[panel].Tests.Count; test++)
            {
                results++;
                AddResult(message, test + 1, panels[panel].Tests[test], values[panel][test], obx, taken);
            }
        }

        if (note is not null)
        {
            message.Add("NTE", (1, "1"), (2, "L"), (3, Hl7Message.Escape(note)));
        }

        desk.Send(message, "ORU^R01", at, results);
    }

    private void SendText(DateTime taken, DateTime at, string order, string status, List<string> lines)
    {
        Hl7Message message = Begin(at);
        AddOrder(message, 1, order, "MSU", "Urine culture", taken, at, status);
        message.Add("OBX", (1, "1"), (2, "FT"), (3, "MSU^Urine culture^L-STALDERS"), (5, Hl7Message.Escape(string.Join('\n', lines))), (11, status),
            (14, Hl7Message.Time(taken)));
        desk.Send(message, "ORU^R01", at, 1);
    }

    private Hl7Message Begin(DateTime at)
    {
        Hl7Message message = desk.Begin("ORU", "R01", "ORU_R01", at);
        Registration person = desk.At(at);
        PersonSegments.AddThinPid(message, person);
        message.Add("PV1", (1, "1"), (2, "O"), (3, $"{person.Practice.Code}"), (8, PersonSegments.ClinicianOf(person.Doctor)));
        return message;
    }

    private static void AddOrder(
        Hl7Message message, int number, string order, string code, string name, DateTime taken, DateTime at, string status)
    {
        string filler = $"{order}-{code}^LAB";
        message.Add("ORC", (1, "RE"), (2, order), (3, filler), (5, status == "P" ? "IP" : "CM"), (9, Hl7Message.Time(at)));
        message.Add("OBR", (1, number.ToString(CultureInfo.InvariantCulture)), (2, order), (3, filler), (4, $"{code}^{name}^L-STALDERS"),
            (7, Hl7Message.Time(taken)), (14, Hl7Message.Time(taken.AddHours(2))), (22, Hl7Message.Time(at)), (24, code is "MSU" ? "MB" : "CH"), (25, status));
    }

    // OBX-14 is when the specimen was taken (HL7 v2.4 section 7.4.2.14), not when the laboratory reported.
    private static void AddResult(Hl7Message message, int number, LabTest test, double value, string status, DateTime taken)
    {
        string code = test.Loinc is null ? $"{test.Code}^{test.Name}^L-STALDERS" : $"{test.Code}^{test.Name}^L-STALDERS^{test.Loinc}^{test.Name}^LN";
        message.Add("OBX", (1, number.ToString(CultureInfo.InvariantCulture)), (2, "NM"), (3, code), (5, test.Text(value)), (6, test.Unit), (7, test.Range),
            (8, test.Flag(value)), (11, status), (14, Hl7Message.Time(taken)));
    }
}
