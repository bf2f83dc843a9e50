using System.Globalization;
using Canonbury.Identify.Find;

namespace Canonbury.Server.Web.Pages.Professional.FindPerson;

/// <summary>What someone typed to find a person, as typed.</summary>
public sealed record FindForm(string? Text = null, string? Day = null, string? Month = null, string? Year = null)
{
    private const int LongestText = 200;

    public static readonly FindForm Blank = new();

    private bool HasDate => new[] { Day, Month, Year }.Any(part => !string.IsNullOrWhiteSpace(part));

    /// <summary>What is wrong, with the field that it is about; null where it can be searched for.</summary>
    public (string Field, string Words)? Problem => this switch
    {
        { HasDate: false } when string.IsNullOrWhiteSpace(Text) => ("text", "Enter a name, an NHS number, a hospital number or a date of birth"),
        { Text.Length: > LongestText } => ("text", $"The name or number must be {LongestText} characters or less"),
        { HasDate: true } when BirthDate is null => ("born-day", "Date of birth must be a real date, such as 27 3 1985"),
        _ => null,
    };

    public PersonQuery ToQuery() => new(string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(), BirthDate);

    /// <summary>What the audit keeps.</summary>
    public string ToAudit() => string.Join(' ', new[] { Text?.Trim(), BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }.Where(part => !string.IsNullOrEmpty(part)));

    private DateOnly? BirthDate =>
        int.TryParse(Day, CultureInfo.InvariantCulture, out int day) && int.TryParse(Month, CultureInfo.InvariantCulture, out int month)
        && int.TryParse(Year, CultureInfo.InvariantCulture, out int year)
        && year is >= 1850 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
