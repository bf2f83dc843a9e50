using Canonbury.Record.Reading;

namespace Canonbury.Server.Web.Pages.Shared.Record.Banner;

/// <summary>
/// Tells reasonable adjustments from other alerts: the flags of NHS England's Reasonable Adjustment Flag (DAPB4019) and their name.
/// </summary>
public static class Adjustment
{
    public static bool Is(RecordItem item) =>
        item.Card.System?.Contains("RARecord", StringComparison.OrdinalIgnoreCase) == true
        || Named(item.Card.Title) || Named(item.Card.OriginalText) || Named(item.Card.Text) || Named(item.Card.Group);

    private static bool Named(string? text) =>
        text?.Contains("reasonable adjustment", StringComparison.OrdinalIgnoreCase) == true
        || text?.Contains("reasonable-adjustment", StringComparison.OrdinalIgnoreCase) == true;
}
