namespace Canonbury.Server.Web.Pages.Operations.DeadLetters;

/// <summary>Which dead letters to process again.</summary>
/// <param name="Key">The chosen ones.</param>
/// <param name="All">Set by the button that takes all of them.</param>
public sealed record ReplayForm(string[]? Key = null, string? All = null)
{
    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Keys => All is not null ? null : Key ?? [];
}
