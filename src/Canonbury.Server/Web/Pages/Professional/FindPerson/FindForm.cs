using System.Globalization;
using System.Text.Json.Serialization;
using Canonbury.Identify.Find;

namespace Canonbury.Server.Web.Pages.Professional.FindPerson;

/// <summary>What someone typed to find a person, as typed.</summary>
/// <remarks>Properties, not constructor parameters: the form mapper refuses a form that lacks one of the latter.</remarks>
public sealed record FindForm
{
    private const int LongestText = 200;

    public static readonly FindForm Blank = new();

    public string? Text { get; init; }

    public string? Day { get; init; }

    public string? Month { get; init; }

    public string? Year { get; init; }

    private bool HasDate => new[] { Day, Month, Year }.Any(part => !string.IsNullOrWhiteSpace(part));

    /// <summary>What is wrong, with the field that it is about; null where it can be searched for.</summary>
    [JsonIgnore]
    public (string Field, string Words)? Problem => this switch
    {
        { HasDate: false } when string.IsNullOrWhiteSpace(Text) =>
            ("text", "Enter a name, an NHS number, a hospital number or a date of birth"),
        { Text.Length: > LongestText } => ("text", $"The name or number must be {LongestText} characters or less"),
        { HasDate: true } when BirthDate is null => ("born-day", "Date of birth must be a real date, such as 27 3 1985"),
        _ => null,
    };

    public PersonQuery ToQuery() => new(string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(), BirthDate);

    /// <summary>What the audit keeps.</summary>
    public string ToAudit()
    {
        string?[] parts = [Text?.Trim(), BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        return string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private DateOnly? BirthDate =>
        int.TryParse(Day, CultureInfo.InvariantCulture, out int day) && int.TryParse(Month, CultureInfo.InvariantCulture, out int month)
        && int.TryParse(Year, CultureInfo.InvariantCulture, out int year)
        && year is >= 1850 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
