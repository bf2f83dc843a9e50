using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The mistakes that people make when they write other people down, each system with its own habits.</summary>
internal static class Slips
{
    public static Registration Apply(Registration exact, Resident resident, Dice dice)
    {
        double habit = HabitOf(exact);
        Registration slipped = NumberSlips(exact, resident, dice);
        slipped = NameSlips(slipped, resident, dice, habit);
        slipped = DateSlips(slipped, dice, habit);
        if (dice.Chance(habit * 1.5) && resident.FormerAddress is not null)
        {
            slipped = slipped with { Address = resident.FormerAddress };
        }

        return slipped with
        {
            Phone = dice.Chance(habit) ? null : slipped.Phone,
            Mobile = dice.Chance(habit * 2) ? null : slipped.Mobile,
            Email = exact.System == SourceSystem.Gp || dice.Chance(0.2) ? slipped.Email : null,
            EthnicCategory = dice.Chance(habit * 2) ? null : slipped.EthnicCategory,
            Address = dice.Chance(habit * 0.15) ? null : slipped.Address,
            Female = dice.Chance(habit * 0.05) ? null : slipped.Female,
            Middle = dice.Chance(habit * 3) ? null : slipped.Middle,

            // Only the practice and the hospital learn of every death at once.
            Died = exact.System == SourceSystem.Gp || dice.Chance(0.4) ? slipped.Died : null,
        };
    }

    private static double HabitOf(Registration registration) => registration.IsDuplicate ? 0.5 : registration.System.Code switch
    {
        "gp" => 0.012,
        "pas" => 0.05,
        "lab" => 0.05,
        "ooh" => 0.14,
        "cmh" => 0.07,
        _ => 0.17,
    };

    private static Registration NumberSlips(Registration exact, Resident resident, Dice dice)
    {
        double missing = exact.IsDuplicate ? 0.7 : exact.System.Code switch
        {
            "gp" => 0.004,
            "pas" => 0.05,
            "lab" => 0.08,
            "ooh" => 0.15,
            "cmh" => 0.06,
            _ => 0.33,
        };
        bool confusable = exact.System == SourceSystem.Pas || exact.System == SourceSystem.Ooh;
        if (confusable && resident.ConfusedNhsNumber is string other)
        {
            return exact with { NhsNumber = other };
        }

        if (exact.NhsNumber is null || dice.Chance(missing))
        {
            return exact with { NhsNumber = null, NhsNumberVerified = false };
        }

        // Two digits typed the wrong way round: modulus 11 finds every one of these where the digits differ.
        return dice.Chance(exact.System == SourceSystem.Gp ? 0.0002 : 0.004)
            ? exact with { NhsNumber = SwapDigits(exact.NhsNumber, dice.Between(3, 7)), NhsNumberVerified = false }
            : exact;
    }

    private static string SwapDigits(string digits, int at)
    {
        char[] swapped = digits.ToCharArray();
        (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
        return new string(swapped);
    }

    private static Registration NameSlips(Registration exact, Resident resident, Dice dice, double habit)
    {
        Registration slipped = exact;
        if (dice.Chance(habit))
        {
            slipped = slipped with { Given = Nicknames.Of(exact.Given) ?? (dice.Chance(0.4) ? exact.Given[..1] : Spelling.Vary(exact.Given, dice)) };
        }

        if (dice.Chance(habit * 0.8))
        {
            slipped = slipped with { Family = Spelling.Vary(exact.Family, dice) };
        }

        if (resident.FormerFamily is string former && dice.Chance(habit * 2))
        {
            slipped = slipped with { Family = former };
        }

        return dice.Chance(habit * 0.12) ? slipped with { Given = slipped.Family, Family = slipped.Given } : slipped;
    }

    private static Registration DateSlips(Registration exact, Dice dice, double habit)
    {
        if (exact.Born is not DateOnly born || !dice.Chance(habit * 0.6))
        {
            return exact;
        }

        return exact with
        {
            Born = dice.Below(10) switch
            {
                < 3 when born.Day <= 12 => new DateOnly(born.Year, born.Day, born.Month),
                < 5 => Safe(born.Year - 10 + (dice.Chance(0.5) ? 0 : 9), born.Month, born.Day),
                < 7 => Safe(born.Year, born.Month, SwapDay(born.Day)),
                < 8 => null,
                _ => new DateOnly(born.Year, 1, 1),
            },
        };
    }

    private static int SwapDay(int day)
    {
        int swapped = (day % 10 * 10) + (day / 10);
        return swapped is >= 1 and <= 28 ? swapped : day > 1 ? day - 1 : 2;
    }

    private static DateOnly Safe(int year, int month, int day) => new(year, month, Math.Min(day, DateTime.DaysInMonth(year, month)));
}
