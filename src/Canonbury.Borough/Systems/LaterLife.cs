using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Frailty and dementia: falls, assessments, packages of care.</summary>
internal sealed class LaterLife(Cast cast, Resident resident, HealthProfile health, Dice dice)
{
    public void Tell(DateTime from, DateTime until)
    {
        TellCare(until);
        if (!health.Has(Condition.Frailty) && !health.Has(Condition.Dementia))
        {
            return;
        }

        for (DateTime year = from; year < until; year = year.AddYears(1))
        {
            if (dice.Chance(0.3))
            {
                Fall(dice.WithinDays(year, 340).Date.AddHours(dice.Between(5, 22)));
            }
        }
    }

    private void Fall(DateTime at)
    {
        Coding fall = Coding.Own("fall", "Fall at home");
        cast.UrgentCare?.Contact(at, fall);
        if (dice.Chance(0.5))
        {
            cast.Hospital?.Emergency(at.AddHours(2), fall);
        }
        else
        {
            cast.Hospital?.Stay(at.AddHours(3), dice.Between(3, 21), "WILLOW", "Care of the elderly", fall, emergency: true);
            cast.Lab?.Report(at.AddHours(4), [LabPanel.BloodCount, LabPanel.Renal, LabPanel.Liver]);
        }
    }

    private void TellCare(DateTime until)
    {
        if (cast.SocialCare is not SocialCareDesk care)
        {
            return;
        }

        string kind = resident.HouseholdKind == HouseholdKind.CareHome ? "Residential care"
            : health.Has(Condition.Dementia) || health.Has(Condition.Frailty) ? "Long term support" : "Short term support";
        DateTime begins = care.Since.AddDays(12);
        care.Care(begins, kind);
        for (DateTime review = begins.AddDays(350); review < until && kind != "Short term support"; review = dice.WithinDays(review.AddDays(350), 30))
        {
            care.Review(review);
        }
    }
}
