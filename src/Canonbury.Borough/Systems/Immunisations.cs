using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The childhood schedule and the yearly influenza vaccination.</summary>
internal sealed class Immunisations(Cast cast, Resident resident, HealthProfile health, Dice dice)
{
    private static readonly Coding Mmr = Coding.Snomed("38598009", "Measles-mumps-rubella vaccination");
    private static readonly Coding Influenza = Coding.Snomed("822851000000102", "Seasonal influenza vaccination");

    private static readonly (int Weeks, Coding Procedure, string Vaccine)[] Schedule =
    [
        (8, Coding.Own("imm-6in1-1", "Six-in-one vaccination, first dose"), "Six-in-one vaccine"),
        (9, Coding.Own("imm-rota-1", "Rotavirus vaccination, first dose"), "Rotavirus vaccine"),
        (12, Coding.Own("imm-6in1-2", "Six-in-one vaccination, second dose"), "Six-in-one vaccine"),
        (16, Coding.Own("imm-6in1-3", "Six-in-one vaccination, third dose"), "Six-in-one vaccine"),
        (53, Mmr, "Measles, mumps and rubella vaccine"),
        (174, Mmr, "Measles, mumps and rubella vaccine"),
        (175, Coding.Own("imm-4in1", "Pre-school booster"), "Four-in-one vaccine"),
        (679, Coding.Own("imm-hpv", "Human papillomavirus vaccination"), "Human papillomavirus vaccine"),
    ];

    public void Tell(DateTime from, DateTime until)
    {
        DateTime born = resident.Born.ToDateTime(new TimeOnly(9, 20));
        foreach ((int weeks, Coding procedure, string vaccine) in Schedule)
        {
            DateTime due = born.AddDays(weeks * 7);
            if (due > from && due < until && dice.Chance(0.88))
            {
                cast.Gp?.Immunise(dice.WithinDays(due, 40), procedure, Coding.Own("vaccine-" + procedure.Code, vaccine));
            }
        }

        for (int year = from.Year; year <= until.Year; year++)
        {
            int age = year - resident.Born.Year;
            bool atRisk = age >= 65 || age is >= 2 and <= 10 || health.Has(Condition.Type2Diabetes) || health.Has(Condition.Copd)
                || health.Has(Condition.Asthma);
            if (atRisk && dice.Chance(0.62))
            {
                cast.Gp?.Immunise(dice.WithinDays(new DateTime(year, 10, 1), 70), Influenza, Coding.Own("vaccine-influenza", "Influenza vaccine"));
            }
        }
    }
}
