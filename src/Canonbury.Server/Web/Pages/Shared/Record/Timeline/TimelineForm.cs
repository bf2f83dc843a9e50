using System.Globalization;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;

namespace Canonbury.Server.Web.Pages.Shared.Record.Timeline;

/// <summary>The fields of the filter as a browser sends them; what cannot be read counts as not given, as does what is not sent.</summary>
/// <remarks>Properties, not constructor parameters: the form mapper refuses a form that lacks one of the latter.</remarks>
public sealed record TimelineForm
{
    private const int LongestText = 200;

    public string? Text { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Kind { get; init; }

    public string? Source { get; init; }

    public TimelineFilter ToFilter() => new(
        string.IsNullOrWhiteSpace(Text) ? null : Text.Trim()[..Math.Min(Text.Trim().Length, LongestText)],
        Date(From),
        Date(To),
        SectionWords.At(Kind ?? "")?.Section,
        string.IsNullOrWhiteSpace(Source) ? null : Source);

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
