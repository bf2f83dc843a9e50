using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Long-term conditions: diagnosis, treatment, regular reviews, clinics and what goes wrong.</summary>
internal sealed class LongTermCare(Cast cast, HealthProfile health, Dice dice)
{
    public void Tell(DateTime from, DateTime until)
    {
        foreach ((Condition condition, DateOnly since) in health.Conditions)
        {
            if (condition == Condition.Pregnancy)
            {
                continue;
            }

            DateTime begins = since.ToDateTime(new TimeOnly(10, 0)).AddMinutes(dice.Below(300));
            DateTime first = begins < from ? dice.WithinDays(from, 300) : begins;
            if (begins >= from)
            {
                Diagnose(condition, since, begins);
            }

            Review(condition, first.AddDays(dice.Between(60, 150)), until);
            Clinic(condition, first.AddDays(40), until);
            Teams(condition, first.AddDays(25), until);
        }
    }

    private void Diagnose(Condition condition, DateOnly since, DateTime at)
    {
        cast.Gp?.Consult(at, "New diagnosis", contact =>
        {
            contact.Diagnose(condition, since);
            contact.Pressure();
            if (condition.Medicines.Count > 0)
            {
                contact.Start(condition, 1);
            }

            if (condition.Clinic is string clinic)
            {
                contact.Refer(clinic, condition.Code);
            }
        });
        cast.Lab?.Report(at.AddDays(-2), [LabPanel.BloodCount, .. PanelsOf(condition)]);
    }

    private void Review(Condition condition, DateTime first, DateTime until)
    {
        int every = condition == Condition.Type2Diabetes ? 182 : condition == Condition.KidneyDisease ? 150 : 330;
        int number = 0;
        for (DateTime at = first; at < until; at = dice.WithinDays(at.AddDays(every), 40))
        {
            number++;
            int review = number;
            if (PanelsOf(condition) is { Count: > 0 } panels)
            {
                cast.Lab?.Report(at.AddDays(-6), panels);
            }

            cast.Gp?.Consult(at, $"{condition.Code.Words} review", contact =>
            {
                contact.Pressure();
                contact.Weight(-0.4 * review);
                if (condition.Medicines.Count > 1 && review == 3)
                {
                    contact.Start(condition, 2);
                }

                if (condition == Condition.Asthma || condition == Condition.Copd)
                {
                    contact.PeakFlow();
                    contact.Smoking();
                }

                if (condition == Condition.Depression && review == 3)
                {
                    contact.Stop(condition, 1);
                }

                if (condition == Condition.IronDeficiency && review == 2)
                {
                    contact.Procedure(Coding.Snomed("73761001", "Colonoscopy"));
                }
            });
            GoWrong(condition, at);
        }
    }

    private void GoWrong(Condition condition, DateTime review)
    {
        DateTime at = dice.WithinDays(review.AddDays(30), 200).Date.AddHours(19).AddMinutes(dice.Below(600));
        if (condition == Condition.Asthma && dice.Chance(0.08))
        {
            Coding attack = Coding.Own("asthma-attack", "Acute asthma attack");
            cast.UrgentCare?.Contact(at, attack);
            cast.Hospital?.Emergency(at.AddHours(2), attack);
        }

        if ((condition == Condition.Copd || condition == Condition.HeartFailure) && dice.Chance(0.3))
        {
            string ward = condition == Condition.Copd ? "BIRCH" : "ROWAN";
            cast.Hospital?.Stay(at, dice.Between(2, 10), ward, condition.Clinic ?? "General medicine", condition.Code, emergency: true);
            if (cast.Hospital is not null)
            {
                cast.Lab?.Report(at.AddHours(1), [LabPanel.BloodCount, LabPanel.Renal, LabPanel.Inflammation]);
                cast.Lab?.Report(at.AddHours(26), [LabPanel.BloodCount]);
            }
        }
    }

    private void Clinic(Condition condition, DateTime first, DateTime until)
    {
        if (condition.Clinic is not string clinic || cast.Hospital is not HospitalDesk hospital)
        {
            return;
        }

        AppointmentDesk diary = hospital.Appointments();
        for (DateTime start = first; start < until; start = dice.WithinDays(start.AddDays(300), 90))
        {
            diary.Book(start.AddDays(-dice.Between(25, 50)), dice.WithinDays(start, 4), clinic, condition.Code.Words);
        }
    }

    private void Teams(Condition condition, DateTime first, DateTime until)
    {
        if (condition == Condition.Psychosis)
        {
            cast.Community?.Caseload(first, until, "Community mental health team", condition.Code, 45);
        }
        else if ((condition == Condition.Depression || condition == Condition.Anxiety) && dice.Chance(0.6))
        {
            cast.Community?.Caseload(first, Earlier(first.AddDays(150), until), "Talking therapies", condition.Code, 21);
        }
        else if (condition == Condition.Type2Diabetes && dice.Chance(0.3))
        {
            cast.Community?.Caseload(first, Earlier(first.AddDays(240), until), "Podiatry", Coding.Own("foot-check", "Diabetic foot check"), 80);
        }
        else if (condition == Condition.Frailty)
        {
            cast.Community?.Caseload(first, until, "District nursing", Coding.Own("leg-ulcer", "Leg ulcer dressing"), 60);
        }
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static IReadOnlyList<LabPanel> PanelsOf(Condition condition) => condition.Name switch
    {
        "diabetes" => [LabPanel.Hba1c, LabPanel.Renal, LabPanel.Lipids],
        "hypertension" => [LabPanel.Renal, LabPanel.Lipids],
        "ckd" or "heart-failure" => [LabPanel.Renal, LabPanel.BloodCount],
        "hypothyroidism" => [LabPanel.Thyroid],
        "anaemia" => [LabPanel.BloodCount, LabPanel.Ferritin],
        "af" or "frailty" or "psychosis" => [LabPanel.BloodCount],
        _ => [],
    };
}
