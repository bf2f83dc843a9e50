using Canonbury.Borough.People;

namespace Canonbury.Borough.Health;

/// <summary>What a person truly has, from which every system's history is told, so that the systems agree.</summary>
public sealed record HealthProfile
{
    public required IReadOnlyList<(Condition Condition, DateOnly Since)> Conditions { get; init; }

    public required IReadOnlyList<Allergy> Allergies { get; init; }

    /// <summary>never, ex or current.</summary>
    public required string Smoking { get; init; }

    public required int HeightCm { get; init; }

    public required double WeightKg { get; init; }

    /// <summary>The day the child is due, for those who are or were pregnant within the history.</summary>
    public DateOnly? Due { get; init; }

    public bool Has(Condition condition)
    {
        foreach ((Condition each, _) in Conditions)
        {
            if (each == condition)
            {
                return true;
            }
        }

        return false;
    }

    public static HealthProfile Of(Resident resident, BoroughOptions options)
    {
        Dice dice = new(options.Seed, 2, (ulong)resident.Number);
        int age = resident.AgeOn(options.AsOf);
        List<(Condition, DateOnly)> conditions = [];
        foreach ((Condition condition, double chance) in Likelihoods(resident, age))
        {
            if (dice.Chance(chance))
            {
                int days = Math.Min(dice.Between(60, 12 * 365), options.AsOf.DayNumber - resident.Born.DayNumber);
                conditions.Add((condition, options.AsOf.AddDays(-days)));
            }
        }

        DateOnly? due = null;
        if (resident.Female && age is >= 19 and <= 43 && resident.Died is null && dice.Chance(0.16))
        {
            due = options.AsOf.AddDays(dice.Between(-4 * 365, 250));
            conditions.Add((Condition.Pregnancy, due.Value.AddDays(-220)));
        }

        int height = Height(dice, resident.Female, age);
        return new HealthProfile
        {
            Conditions = conditions,
            Allergies = AllergiesOf(dice),
            Smoking = age < 14 || dice.Chance(0.62) ? "never" : dice.Chance(0.55) ? "ex" : "current",
            HeightCm = height,
            WeightKg = Math.Round(dice.Normal(age < 18 ? 16 : 26.5, age < 18 ? 1.5 : 4.5) * height * height / 10_000, 1),
            Due = due,
        };
    }

    private static IEnumerable<(Condition Condition, double Chance)> Likelihoods(Resident resident, int age)
    {
        double older = Math.Clamp((age - 30) / 50.0, 0, 1);
        yield return (Condition.Type2Diabetes, (0.01 + (0.17 * older)) * (resident.Origin.HigherDiabetesRisk ? 2.0 : 1.0) * (age < 25 ? 0 : 1));
        yield return (Condition.Hypertension, age < 28 ? 0 : 0.03 + (0.5 * older));
        yield return (Condition.Asthma, age < 4 ? 0 : 0.09);
        yield return (Condition.Copd, age < 42 ? 0 : 0.10 * older);
        yield return (Condition.Depression, age < 15 ? 0 : resident.Female ? 0.13 : 0.085);
        yield return (Condition.Anxiety, age < 13 ? 0 : resident.Female ? 0.10 : 0.06);
        yield return (Condition.Psychosis, age < 18 ? 0 : 0.013);
        yield return (Condition.AtrialFibrillation, age < 55 ? 0 : 0.11 * older);
        yield return (Condition.HeartFailure, age < 58 ? 0 : 0.08 * older);
        yield return (Condition.KidneyDisease, age < 50 ? 0 : 0.14 * older);
        yield return (Condition.Osteoarthritis, age < 45 ? 0 : 0.30 * older);
        yield return (Condition.Hypothyroidism, age < 25 ? 0 : resident.Female ? 0.06 : 0.015);
        yield return (Condition.IronDeficiency, age < 14 ? 0 : resident.Female ? 0.05 : 0.01);
        yield return (Condition.Dementia, resident.HouseholdKind == HouseholdKind.CareHome ? 0.6 : age < 66 ? 0 : age < 80 ? 0.04 : 0.16);
        yield return (Condition.Frailty, resident.HouseholdKind == HouseholdKind.CareHome ? 0.9 : age < 68 ? 0 : age < 80 ? 0.14 : 0.42);
    }

    private static List<Allergy> AllergiesOf(Dice dice)
    {
        List<Allergy> allergies = [];
        if (dice.Chance(0.16))
        {
            allergies.Add(dice.PickSkewed(Allergy.Common));
            Allergy second = dice.Pick(Allergy.Common);
            if (dice.Chance(0.1) && second.Code != allergies[0].Code)
            {
                allergies.Add(second);
            }
        }

        return allergies;
    }

    private static int Height(Dice dice, bool female, int age) => age < 18
        ? (int)(52 + (age * 6.6) + dice.Normal(0, 4))
        : (int)dice.Normal(female ? 162 : 176, 7);
}
