using Canonbury.Borough.Names;

namespace Canonbury.Borough.People;

/// <summary>The invented staff of the hospital, the clinics and the teams.</summary>
public static class Clinicians
{
    public static IReadOnlyList<Clinician> Consultants { get; } = Staff("C", 60, "Dr");

    public static IReadOnlyList<Clinician> Nurses { get; } = Staff("N", 40, "Nurse");

    public static IReadOnlyList<Clinician> SocialWorkers { get; } = Staff("W", 30, "");

    internal static Clinician Make(Dice dice, string code, string title)
    {
        Origin origin = Origins.Pick(dice);
        string given = dice.PickSkewed(dice.Chance(0.55) ? origin.Female : origin.Male);
        return new Clinician(code, title, given, dice.PickSkewed(origin.Family));
    }

    private static List<Clinician> Staff(string prefix, int count, string title)
    {
        Dice dice = new(1948, prefix[0], 0);
        List<Clinician> staff = [];
        for (int number = 1; number <= count; number++)
        {
            staff.Add(Make(dice, $"{prefix}{9000 + number}", title));
        }

        return staff;
    }
}
