using System.Globalization;
using Canonbury.Borough.Health;
using Canonbury.Borough.Hl7;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Letters and reports (HL7 v2.4 chapter 9, MDM T02), as text or as a small PDF.</summary>
internal sealed class LetterDesk(Desk desk)
{
    public void Discharge(
        DateTime at, DateTime from, DateTime to, string specialty, Coding reason, LetterVisit visit, Clinician author, bool pdf)
    {
        Registration person = desk.At(at);
        List<string> lines =
        [
            "Discharge summary",
            $"{desk.System.Organisation}, {specialty}",
            $"Dear {person.Doctor.FullName},",
            $"{person.Title} {person.Given} {person.Family} was with us from {Day(from)} to {Day(to)}.",
            $"Main reason: {reason.Words}.",
            $"Allergies: {AllergyWords()}",
            "Medicines on leaving: " + MedicineWords(),
            "Please review in two weeks. Blood pressure & weight were stable on discharge.",
            author.FullName,
        ];
        Send(at, "DS^Discharge summary", visit, author, lines, pdf);
    }

    /// <summary>A report about a contact: urgent care, a clinic, a home visit.</summary>
    public void Report(DateTime at, string type, LetterVisit visit, Clinician author, IReadOnlyList<string> lines, bool pdf = false) =>
        Send(at, type, visit, author, lines, pdf);

    private void Send(DateTime at, string type, LetterVisit visit, Clinician author, IReadOnlyList<string> lines, bool pdf)
    {
        Hl7Message message = desk.Begin("MDM", "T02", "MDM_T02", at);
        string time = Hl7Message.Time(at);
        message.Add("EVN", (1, "T02"), (2, time));
        PersonSegments.AddThinPid(message, desk.At(at));
        message.Add("PV1", (1, "1"), (2, visit.Class), (7, PersonSegments.ClinicianOf(author)), (19, visit.Number));
        message.Add("TXA", (1, "1"), (2, type), (3, pdf ? "AP" : "TX"), (4, time), (5, PersonSegments.ClinicianOf(author)), (6, time),
            (9, PersonSegments.ClinicianOf(author)), (12, $"{desk.NextKey("D")}^{desk.System.Authority}"), (17, "AU"), (19, "AV"));
        if (pdf)
        {
            message.Add("OBX", (1, "1"), (2, "ED"), (3, type), (5, $"{desk.System.Application}^AP^PDF^Base64^{TinyPdf.Base64(lines)}"), (11, "F"));
        }
        else
        {
            int number = 0;
            foreach (string line in lines)
            {
                number++;
                message.Add("OBX", (1, number.ToString(CultureInfo.InvariantCulture)), (2, "TX"), (3, type), (5, Hl7Message.Escape(line)), (11, "F"));
            }
        }

        desk.Send(message, "MDM^T02", at);
    }

    private static string Day(DateTime at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private string AllergyWords() => desk.Health.Allergies.Count == 0
        ? "none known to us."
        : string.Join("; ", desk.Health.Allergies.Select(allergy => $"{allergy.Code.Words} ({allergy.Reaction})")) + ".";

    private string MedicineWords()
    {
        IEnumerable<string> names = desk.Health.Conditions.SelectMany(each => each.Condition.Medicines.Take(1)).Select(medicine => medicine.Code.Words);
        string all = string.Join("; ", names.Distinct());
        return all.Length == 0 ? "none." : all + ".";
    }
}

/// <summary>The visit that a letter is about, as PV1 names it: its class and its number.</summary>
internal sealed record LetterVisit(string Class, string Number);
