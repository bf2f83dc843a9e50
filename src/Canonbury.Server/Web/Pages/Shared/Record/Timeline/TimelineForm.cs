using System.Globalization;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;

namespace Canonbury.Server.Web.Pages.Shared.Record.Timeline;

/// <summary>The fields of the filter as a browser sends them; what cannot be read counts as not given, as does what is not sent.</summary>
public sealed record TimelineForm(string? Text = null, string? From = null, string? To = null, string? Kind = null, string? Source = null)
{
    private const int LongestText = 200;

    public TimelineFilter ToFilter() => new(
        string.IsNullOrWhiteSpace(Text) ? null : Text.Trim()[..Math.Min(Text.Trim().Length, LongestText)],
        Date(From),
        Date(To),
        SectionWords.At(Kind ?? "")?.Section,
        string.IsNullOrWhiteSpace(Source) ? null : Source);

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
