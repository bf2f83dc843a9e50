using Canonbury.Borough.People;
using Canonbury.Identify.Find;

namespace Canonbury.Benchmarks.Find;

/// <summary>What a receptionist may type for one resident.</summary>
internal static class FindQueries
{
    public static (string Kind, PersonQuery Query) Make(Resident resident, Random random) => random.Next(100) switch
    {
        < 25 => ("name", new PersonQuery($"{resident.Given} {resident.Family}", null)),
        < 35 => ("name, family first", new PersonQuery($"{resident.Family}, {resident.Given}", null)),
        < 55 => ("misspelt name", new PersonQuery($"{Misspell(resident.Given, random)} {Misspell(resident.Family, random)}", null)),
        < 65 => ("family name alone", new PersonQuery(resident.Family, null)),
        < 70 => ("beginnings", new PersonQuery($"{resident.Family} {resident.Given[..Math.Min(3, resident.Given.Length)]}", null)),
        < 80 => ("name and birth date", new PersonQuery($"{resident.Given} {resident.Family}", resident.Born)),
        < 90 => ("misspelt name and birth date", new PersonQuery($"{Misspell(resident.Given, random)} {Misspell(resident.Family, random)}", resident.Born)),
        _ when resident.NhsNumber is { } number => ("NHS number", new PersonQuery($"{number[..3]} {number[3..6]} {number[6..]}", null)),
        _ => ("hospital number", new PersonQuery("H" + resident.Number, null)),
    };

    private static string Misspell(string name, Random random)
    {
        if (name.Length < 4)
        {
            return name;
        }

        int at = random.Next(1, name.Length - 1);
        return random.Next(4) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, name[at].ToString()),
            2 => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
            _ => name[..at] + "aeiou"[random.Next(5)] + name[(at + 1)..],
        };
    }
}
