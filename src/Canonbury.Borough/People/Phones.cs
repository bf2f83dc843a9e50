using System.Globalization;
using Canonbury.Borough.Hl7;

namespace Canonbury.Borough.People;

/// <summary>Numbers from the ranges that Ofcom keeps for drama, and addresses at a domain that cannot exist (RFC 2606).</summary>
internal static class Phones
{
    public static string Landline(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"020 7946 0{dice.Below(1000):D3}");

    public static string Mobile(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"07700 900{dice.Below(1000):D3}");

    public static string Email(Dice dice, string given, string family, long number)
    {
        string local = Letters.Fold($"{given}.{family}").Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{local}{(dice.Chance(0.5) ? "" : ".")}{number}@mail.example");
    }
}
