using System.Globalization;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;

namespace Canonbury.Server.Web.Pages.Shared.Record.Timeline;

/// <summary>The fields of the filter as a browser sends them; what cannot be read counts as not given.</summary>
public sealed record TimelineForm(string? Text, string? From, string? To, string? Kind, string? Source)
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
