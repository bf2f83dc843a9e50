using System.Globalization;

namespace Canonbury.Borough.People;

/// <summary>The invented map: streets with postcodes of the real districts, practices, care homes.</summary>
public static class Places
{
    private static readonly string[] First =
    [
        "Pelican", "Thimble", "Larkspur", "Candlewick", "Ferrier", "Marlpit", "Osier", "Quillon", "Saffron", "Tansy", "Umber", "Verity", "Wherry",
        "Alderney", "Bramley", "Copperas", "Dulcimer", "Elderflower", "Foundling", "Gantry", "Hopfield", "Inkwell", "Jonquil", "Kestrel",
        "Lantern", "Mulberry", "Needlemaker", "Orchard", "Paperstainer", "Ropewalk",
    ];

    private static readonly string[] Second =
        ["Street", "Road", "Lane", "Grove", "Terrace", "Gardens", "Mews", "Square", "Rise", "Passage", "Walk", "Court"];

    private static readonly string[] Districts = ["N1", "N1", "N1", "N4", "N5", "N5", "N7", "N7", "N19", "N19", "EC1V", "EC1R"];

    // Inward codes never use C, I, K, M, O or V (Royal Mail, Programmers' Guide).
    private const string UnitLetters = "ABDEFGHJLNPQRSTUWXYZ";

    public static IReadOnlyList<Practice> Practices { get; } = MakePractices();

    /// <summary>An address for one household; a flat has the building in its second line.</summary>
    public static Address AddressOf(Dice dice, bool flat)
    {
        int street = dice.Below(First.Length * Second.Length);
        int number = dice.Between(1, 180);
        string line = $"{number.ToString(CultureInfo.InvariantCulture)} {StreetName(street)}";
        string postcode = PostcodeOf(street, number);
        return flat
            ? new Address(string.Create(CultureInfo.InvariantCulture, $"Flat {dice.Between(1, 40)}"), line, "London", postcode)
            : new Address(line, "", "London", postcode);
    }

    public static Address CareHome(Dice dice)
    {
        int street = dice.Below(First.Length * Second.Length);
        return new Address($"{First[(street + 7) % First.Length]} House Care Home", $"{dice.Between(1, 90)} {StreetName(street)}", "London",
            PostcodeOf(street, 1));
    }

    private static string StreetName(int street) => $"{First[street % First.Length]} {Second[street / First.Length]}";

    private static string PostcodeOf(int street, int number)
    {
        int unit = (street * 7) + (number / 24);
        char digit = (char)('0' + (unit % 10));
        char letter1 = UnitLetters[unit / 10 % UnitLetters.Length];
        char letter2 = UnitLetters[((number / 12) + street) % UnitLetters.Length];
        return $"{Districts[street % Districts.Length]} {digit}{letter1}{letter2}";
    }

    private static List<Practice> MakePractices()
    {
        string[] kinds = ["Surgery", "Medical Centre", "Group Practice", "Health Centre"];
        Dice dice = new(1867, 11, 0);
        List<Practice> practices = [];
        for (int number = 1; number <= 32; number++)
        {
            List<Clinician> doctors = [];
            for (int doctor = 1; doctor <= 5; doctor++)
            {
                doctors.Add(Clinicians.Make(dice, string.Create(CultureInfo.InvariantCulture, $"G9{number:D2}{doctor:D3}"), "Dr"));
            }

            string name = $"{First[(number * 11) % First.Length]} {Second[number % Second.Length]} {kinds[number % kinds.Length]}";
            practices.Add(new Practice(string.Create(CultureInfo.InvariantCulture, $"Y9{number:D4}"), name,
                PostcodeOf(number * 13 % (First.Length * Second.Length), number), doctors));
        }

        return practices;
    }
}
