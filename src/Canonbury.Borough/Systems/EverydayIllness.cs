using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>What happens to everybody now and then: infections, injuries, a blood test, a night call, an operation.</summary>
internal sealed class EverydayIllness(Cast cast, Resident resident, HealthProfile health, Dice dice)
{
    private static readonly Coding[] Minor =
    [
        Coding.Own("sore-throat", "Sore throat"), Coding.Own("chest-infection", "Chest infection"), Coding.Own("back-pain", "Low back pain"),
        Coding.Own("ear-infection", "Infection of ear"), Coding.Own("rash", "Rash"), Coding.Snomed("68566005", "Urinary tract infection"),
        Coding.Own("knee-pain", "Pain in knee"), Coding.Own("headache", "Headache"), Coding.Own("tiredness", "Tiredness"),
    ];

    private static readonly (Coding Code, string Ward)[] Operations =
    [
        (Coding.Own("hernia-repair", "Repair of hernia"), "CEDAR"), (Coding.Own("cataract", "Cataract operation"), "HAZEL"),
        (Coding.Own("gallbladder", "Removal of gallbladder"), "CEDAR"), (Coding.Snomed("80146002", "Appendicectomy"), "CEDAR"),
    ];

    public void Tell(DateTime from, DateTime until)
    {
        for (DateTime year = from; year < until; year = year.AddYears(1))
        {
            int age = Math.Max(0, year.Year - resident.Born.Year);
            int contacts = dice.Below(age < 5 ? 5 : age > 70 ? 5 : 3);
            for (int contact = 0; contact < contacts; contact++)
            {
                SeeDoctor(dice.WithinDays(year, 360));
            }

            if (dice.Chance(age > 40 ? 0.5 : 0.2))
            {
                cast.Lab?.Report(dice.WithinDays(year, 350), LabOrders.Usual(dice));
            }

            if (dice.Chance(age > 75 || age < 4 ? 0.3 : 0.1))
            {
                cast.UrgentCare?.Contact(AtNight(year), dice.Pick(Minor));
            }

            if (dice.Chance(age > 75 ? 0.25 : 0.09))
            {
                Emergency(AtNight(year));
            }

            if (dice.Chance(age > 50 ? 0.04 : 0.012))
            {
                (Coding operation, string ward) = dice.Pick(Operations);
                cast.Hospital?.Stay(dice.WithinDays(year, 340).Date.AddHours(7.5), dice.Between(0, 3), ward, "General surgery", operation, emergency: false);
            }
        }
    }

    private void SeeDoctor(DateTime at)
    {
        Coding problem = dice.Pick(Minor);
        bool infection = problem.Words.Contains("infection", StringComparison.OrdinalIgnoreCase);
        cast.Gp?.Consult(at, problem.Words, contact =>
        {
            contact.Minor(problem);
            if (infection)
            {
                contact.Antibiotic(problem);
            }

            if (resident.AgeOn(DateOnly.FromDateTime(at)) > 40 && dice.Chance(0.5))
            {
                contact.Pressure();
            }

            if (problem.Code == "knee-pain" && dice.Chance(0.4))
            {
                contact.Refer("Orthopaedics", problem);
                cast.Hospital?.Appointments().Book(at.AddDays(12), dice.WithinDays(at.AddDays(60), 40), "Orthopaedics", problem.Words);
            }
        });
        if (problem.Code == "68566005")
        {
            cast.Lab?.Culture(at.AddHours(2), grown: dice.Chance(0.6));
        }
        else if (problem.Code == "tiredness" || dice.Chance(0.15))
        {
            cast.Lab?.Report(at.AddDays(1), LabOrders.Usual(dice), dice.Chance(0.1) ? "Specimen slightly haemolysed; interpret potassium with care." : null);
        }
    }

    private void Emergency(DateTime at)
    {
        Coding reason = LabOrders.AnyReason(dice);
        cast.Hospital?.Emergency(at, reason);
        if (cast.Hospital is not null)
        {
            cast.Lab?.Report(at.AddMinutes(50), [LabPanel.BloodCount, LabPanel.Renal]);
        }

        if (health.Conditions.Count > 2 && dice.Chance(0.3))
        {
            cast.Hospital?.Stay(at.AddDays(20), dice.Between(2, 9), cast.Hospital.AnyWard(), "General medicine", reason, emergency: true);
        }
    }

    private DateTime AtNight(DateTime year) => dice.WithinDays(year, 350).Date.AddHours(18).AddMinutes(dice.Below(13 * 60));
}
