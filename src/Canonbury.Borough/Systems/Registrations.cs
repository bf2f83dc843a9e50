using System.Globalization;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Which systems know a resident, and how each has written them down.</summary>
public static class Registrations
{
    /// <summary>How many years of history the systems hold.</summary>
    public const int Years = 5;

    // 7,000,003 is prime: ids look unordered, and no two of the first seven million residents share one.
    private const long IdModulus = 7_000_003;

    public static IReadOnlyList<Registration> Of(Resident resident, HealthProfile health, BoroughOptions options)
    {
        Dice dice = new(options.Seed, 3, (ulong)resident.Number);
        List<Registration> all = [];
        bool pas = dice.Chance(Clamp(0.55 + (0.12 * health.Conditions.Count)));
        if (dice.Chance(0.972))
        {
            all.Add(Make(SourceSystem.Gp, resident, options, dice));
        }

        if (pas)
        {
            all.Add(Make(SourceSystem.Pas, resident, options, dice));
            if (dice.Chance(0.012))
            {
                all.Add(Make(SourceSystem.Pas, resident, options, dice, duplicate: true));
            }
        }

        if (dice.Chance(pas ? 0.9 : 0.4))
        {
            all.Add(Make(SourceSystem.Lab, resident, options, dice));
        }

        if (dice.Chance(Clamp(0.22 + (0.08 * health.Conditions.Count))))
        {
            all.Add(Make(SourceSystem.Ooh, resident, options, dice));
        }

        if (dice.Chance(CommunityChance(health)))
        {
            all.Add(Make(SourceSystem.Cmh, resident, options, dice));
        }

        if (dice.Chance(SocialCareChance(resident, health)))
        {
            all.Add(Make(SourceSystem.Asc, resident, options, dice));
        }

        return all;
    }

    /// <summary>The person in hospital and laboratory, whether or not they have been there: for a load.</summary>
    internal static (Registration Pas, Registration Lab) OfHospital(Resident resident, BoroughOptions options)
    {
        Dice dice = new(options.Seed, 5, (ulong)resident.Number);
        return (Make(SourceSystem.Pas, resident, options, dice), Make(SourceSystem.Lab, resident, options, dice));
    }

    private static double Clamp(double chance) => Math.Min(chance, 0.97);

    private static double CommunityChance(HealthProfile health) =>
        health.Has(Condition.Psychosis) || health.Has(Condition.Frailty) ? 0.95
        : health.Has(Condition.Depression) || health.Has(Condition.Anxiety) ? 0.4
        : health.Has(Condition.Type2Diabetes) ? 0.25 : 0.02;

    private static double SocialCareChance(Resident resident, HealthProfile health) =>
        resident.HouseholdKind == HouseholdKind.CareHome ? 1
        : health.Has(Condition.Dementia) ? 0.8
        : health.Has(Condition.Frailty) ? 0.55
        : health.Has(Condition.Psychosis) ? 0.25 : 0.006;

    private static Registration Make(SourceSystem system, Resident resident, BoroughOptions options, Dice dice, bool duplicate = false)
    {
        DateTime window = options.AsOf.AddYears(-Years).ToDateTime(new TimeOnly(9, 0));
        DateTime born = resident.Born.ToDateTime(new TimeOnly(11, 0)).AddDays(1);
        DateTime since = dice.WithinDays(window, system == SourceSystem.Gp ? 20 : 300);
        Registration exact = new()
        {
            System = system,
            LocalId = LocalId(system, resident.Number, duplicate),
            NhsNumber = resident.NhsNumber,
            NhsNumberVerified = resident.NhsNumber is not null && system != SourceSystem.Asc && system != SourceSystem.Ooh,
            Title = resident.Title,
            Given = resident.Given,
            Middle = resident.Middle,
            Family = resident.Family,
            Born = resident.Born,
            Female = resident.Female,
            Address = resident.Address,
            Phone = resident.Phone,
            Mobile = resident.Mobile,
            Email = resident.Email,
            EthnicCategory = resident.EthnicCategory,
            Died = resident.Died,
            Sensitive = resident.Sensitive,
            Practice = resident.Practice,
            Doctor = resident.Doctor,
            Since = since < born ? born : since,
            IsDuplicate = duplicate,
        };
        return Slips.Apply(exact, resident, dice);
    }

    private static string LocalId(SourceSystem system, long number, bool duplicate)
    {
        long prefix = number / IdModulus;
        long spread = number % IdModulus * 4_999_999 % IdModulus;
        string id = string.Create(CultureInfo.InvariantCulture, $"{system.Prefix}{(prefix * 10_000_000) + spread:D7}");
        return duplicate ? id + Registration.DuplicateMark : id;
    }
}
