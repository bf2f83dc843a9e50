using System.Globalization;
using Canonbury.Fhir.Identifiers;

namespace Canonbury.Identify.Find;

/// <summary>What was typed to find a person, told apart: an NHS number, other numbers, a date, and words of a name.</summary>
/// <param name="NhsNumber">Ten digits that pass the check, or null.</param>
/// <param name="Numbers">Words with digits, each also as it may be stored: as typed, in upper case, without spaces.</param>
/// <param name="BirthDate">A date among the words, or the date that was given apart.</param>
/// <param name="Words">Folded words of a name, without titles.</param>
public sealed record FindText(string? NhsNumber, IReadOnlyList<string> Numbers, DateOnly? BirthDate, IReadOnlyList<string> Words)
{
    private const int MaxLength = 200;
    private const int MaxWords = 6;

    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyyMMdd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy", "d-M-yy", "d.M.yy", "d-MMM-yyyy", "dMMMyyyy",
    ];

    private static readonly HashSet<string> Titles = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lady", "lord", "rev", "master"];

    public static FindText Parse(string? text, DateOnly? birthDate)
    {
        string typed = (text ?? string.Empty).Trim();
        typed = typed.Length > MaxLength ? typed[..MaxLength] : typed;
        if (Fhir.Identifiers.NhsNumber.TryParse(typed, out NhsNumber whole))
        {
            return new FindText(whole.Digits, Numeric(typed), birthDate, []);
        }

        string? nhsNumber = null;
        List<string> numbers = typed.Any(char.IsAsciiDigit) && !typed.Any(char.IsAsciiLetter) ? [.. Numeric(typed)] : [];
        List<string> words = [];
        foreach (string part in typed.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (DateOnly.TryParseExact(part, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            {
                birthDate ??= date;
            }
            else if (Fhir.Identifiers.NhsNumber.TryParse(part, out NhsNumber number))
            {
                nhsNumber ??= number.Digits;
            }
            else if (part.Any(char.IsDigit))
            {
                numbers.AddRange(Numeric(part));
            }
            else
            {
                words.AddRange(NameFolding.Words(part));
            }
        }

        string[] named = [.. words.Where(word => !Titles.Contains(word))];
        return new FindText(nhsNumber, [.. numbers.Distinct()], birthDate, [.. (named.Length > 0 ? named : [.. words]).Take(MaxWords)]);
    }

    private static string[] Numeric(string typed)
    {
        string close = typed.Replace(" ", "", StringComparison.Ordinal);
        return [.. new[] { typed, close, typed.ToUpperInvariant(), close.ToUpperInvariant() }.Distinct()];
    }
}
